import { describe, expect, it } from 'vitest';
import { Wire } from '../../support/wire.js';

/** A query, and its answer a millisecond later, with the backend's leg between. */
function exchange(seconds: number, port: number, name = 'a.example'): string[] {
  const time = (later: number) => (seconds + later).toFixed(4);
  return [
    `${time(0)} 10.0.0.1:${port} > 10.96.0.10:53 7 A? ${name} ttl=64`,
    `${time(0.0001)} 10.0.0.1:${port} > 10.1.0.2:53 7 A? ${name} ttl=63`,
    `${time(0.001)} 10.1.0.2:53 > 10.0.0.1:${port} 7 A ${name} ttl=64`,
    `${time(0.0011)} 10.96.0.10:53 > 10.0.0.1:${port} 7 A ${name} ttl=63`,
  ];
}

const MATCHES =
  'select epoch(t.asked_at) - epoch(timestamp \'2026-01-01\') as asked, m.line from log_matches as m inner join transactions as t on t.transaction_id = m.transaction_id order by 1';

describe('log matches', () => {
  it('join a line to the transaction with its client, port, id, name and type', async () => {
    const wire = (await Wire.open())
      .messages(...exchange(1, 4000), ...exchange(2, 4001))
      .log(2, '2.0012 10.0.0.1:4001 7 A a.example NOERROR 0.0005', '9.0 10.0.0.1:4009 7 A a.example NOERROR 0.0005');
    expect(await wire.rows(MATCHES)).toEqual([{ asked: 2, line: 9 }]);
  });

  it('take the nearest in time where a port is used again', async () => {
    const wire = (await Wire.open())
      .messages(...exchange(1, 4000), ...exchange(100, 4000))
      .log(2, '100.0012 10.0.0.1:4000 7 A a.example NOERROR 0.0005');
    expect(await wire.rows(MATCHES)).toEqual([{ asked: 100, line: 9 }]);
  });

  it('allow for a clock of the log that is off, as the others show it', async () => {
    const wire = (await Wire.open())
      .messages(...exchange(1, 4000), ...exchange(100, 4000), ...exchange(50, 4001))
      .log(2, '70.0012 10.0.0.1:4001 7 A a.example NOERROR 0.0005', '21.0012 10.0.0.1:4000 7 A a.example NOERROR 0.0005');
    expect(await wire.rows(MATCHES)).toEqual([
      { asked: 1, line: 14 },
      { asked: 50, line: 13 },
    ]);
  });

  it('follow a clock that was stepped while the log ran', async () => {
    const seconds = [1, 2, 3, 4, 5, 6, 11, 12, 13, 14];
    // from 10 s on the captures' clock is 4 s ahead of the log's
    const line = (at: number, port: number) =>
      `${(at < 10 ? at : at - 4) + 0.0012} 10.0.0.1:${port} 7 A a.example NOERROR 0.0005`;
    const wire = (await Wire.open())
      .messages(
        ...seconds.flatMap((at, index) => exchange(at, 4001 + index)),
        '12.5 10.0.0.1:4000 > 10.96.0.10:53 7 A? a.example ttl=64',
        ...exchange(16.5, 4000),
      )
      .log(2, ...seconds.map((at, index) => line(at, 4001 + index)), line(16.5, 4000));
    expect((await wire.rows(MATCHES)).map(({ asked }) => asked)).toEqual([...seconds, 16.5]);
  });

  it('take lines without times in their order', async () => {
    const wire = (await Wire.open())
      .messages(...exchange(1, 4000), ...exchange(100, 4000))
      .log(2, '- 10.0.0.1:4000 7 A a.example NOERROR 0.0005', '- 10.0.0.1:4000 7 A a.example NOERROR 0.0006');
    expect(await wire.rows(MATCHES)).toEqual([
      { asked: 1, line: 9 },
      { asked: 100, line: 10 },
    ]);
    expect(await wire.rows('select time_from_wire from log_queries')).toEqual([
      { time_from_wire: true },
      { time_from_wire: true },
    ]);
  });
});

describe('log coverage', () => {
  it('is the share of a server’s answered transactions that have a line, with the clocks apart', async () => {
    const wire = (await Wire.open())
      .messages(...exchange(1, 4000), ...exchange(2, 4001), ...exchange(3, 4002))
      .log(2, '11.001 10.0.0.1:4000 7 A a.example NOERROR 0.0005', '13.001 10.0.0.1:4002 7 A a.example NOERROR 0.0005');
    expect(
      await wire.rows(
        'select server, matched, answered, round(clock_offset_seconds, 3) as clock from log_coverage',
      ),
    ).toEqual([{ server: '10.1.0.2', matched: 2, answered: 3, clock: 10 }]);
  });

  it('lets a missing line mean that the query never came only where the log is complete', async () => {
    const complete = ['1.001 10.0.0.1:4000 7 A a.example NOERROR 0.0005', '12.001 10.0.0.1:4002 7 A a.example NOERROR 0.0005'];
    const lost = '5 10.0.0.1:4001 > 10.96.0.10:53 7 A? lost.example ttl=64';
    const reached = async (...log: string[]) => {
      const wire = (await Wire.open())
        .messages(...exchange(1, 4000), lost, ...exchange(12, 4002))
        .log(2, ...log)
        .until(60);
      const [row] = await wire.rows("select in_log from transactions where qname = 'lost.example'");
      return row!['in_log'];
    };
    expect(await reached(...complete)).toBe(false);
    expect(await reached(complete[0]!)).toBeNull();
  });
});

describe('servers', () => {
  it('have the role that the wire shows', async () => {
    const wire = (await Wire.open()).messages(
      ...exchange(1, 4000),
      '1.0002 10.1.0.2:600 > 10.9.9.9:53 8 A? a.example',
      '1.0004 10.9.9.9:53 > 10.1.0.2:600 8 A a.example',
      '2.0 10.0.0.3:4000 > 169.254.20.10:53 8 A? a.example',
      '2.1 169.254.20.10:53 > 10.0.0.3:4000 8 A a.example',
    );
    expect(await wire.rows('select server, role from servers order by server')).toEqual([
      { server: '10.1.0.2', role: 'coredns' },
      { server: '10.9.9.9', role: 'upstream' },
      { server: '10.96.0.10', role: 'service' },
      { server: '169.254.20.10', role: 'nodelocal' },
    ]);
  });

  it('are named by their pod or service with its namespace, or by their node', async () => {
    const object = { source_id: 3, namespace: 'kube-system', host_network: false };
    const wire = (await Wire.open())
      .insert('cluster_objects', { ...object, kind: 'Service', name: 'kube-dns', address: '10.96.0.10' })
      .insert('cluster_objects', { ...object, kind: 'Pod', name: 'coredns-1', address: '10.1.0.2' })
      .insert('cluster_objects', { ...object, kind: 'Node', namespace: null, name: 'node-1', address: '10.9.9.9' })
      .messages(...exchange(1, 4000), '2.0 10.1.0.2:600 > 10.9.9.9:53 8 A? a.example');
    expect(await wire.rows('select server, name from servers order by server')).toEqual([
      { server: '10.1.0.2', name: 'kube-system/coredns-1' },
      { server: '10.9.9.9', name: 'node-1' },
      { server: '10.96.0.10', name: 'kube-system/kube-dns' },
    ]);
  });

  it('take the service’s address as NodeLocal’s where its rules name it', async () => {
    const rule = { source_id: 3, line: 1, stream_id: 0, event: 'nodelocal-rule-added', count: 1, message: 'm' };
    const wire = (await Wire.open())
      .insert('log_events', { ...rule, upstream: '10.96.0.10:53' })
      .messages('2.0 10.0.0.3:4000 > 10.96.0.10:53 8 A? a.example', '2.1 10.96.0.10:53 > 10.0.0.3:4000 8 A a.example');
    expect(await wire.rows('select role from servers')).toEqual([{ role: 'nodelocal' }]);
  });
});
