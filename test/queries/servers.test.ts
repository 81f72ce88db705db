import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GivenTables } from '../support/given.js';

let given: GivenTables;
beforeAll(async () => {
  given = await GivenTables.open();
});
afterAll(() => given.close());

const answered = (id: number, backend: string, seconds: number, more = {}) => ({
  transaction_id: id,
  client: '10.0.0.1',
  server: '10.96.0.10',
  backend,
  qname: 'db.shop.svc.cluster.local',
  qtype: 'A',
  asked_at: `2026-01-01 00:00:0${id % 10}`,
  state: 'answered',
  rcode: 'NOERROR',
  response_seconds: seconds,
  from_forwarder: false,
  ...more,
});
const line = (id: number, seconds: number, more = {}) => ({
  source_id: 1,
  line: id,
  transaction_id: id,
  duration_seconds: seconds,
  rcode: 'NOERROR',
  ...more,
});
const SOURCES = [{ source_id: 1, path: 'coredns.log', kind: 'coredns-log' }];

describe('servers/late', () => {
  it('shows a server whose answers are late on the wire and quick in the log', async () => {
    const rows = await given.ask('servers/late', {
      transactions: [answered(1, '10.1.0.1', 0.4), answered(2, '10.1.0.1', 0.002)],
      log_queries: [line(1, 0.001), line(2, 0.001)],
    });
    expect(rows).toMatchObject([{ server: '10.1.0.1', logged: 2, late: 1, late_share: 0.5 }]);
  });

  it('does not show one that is as late in its log', async () => {
    const rows = await given.ask('servers/late', {
      transactions: [answered(1, '10.1.0.1', 4.002)],
      log_queries: [line(1, 4.001)],
    });
    expect(rows).toEqual([]);
  });

  it('takes 0.1 s outside of the server for late, and one of a hundred such answers', async () => {
    const shown = async (seconds: number, others: number) =>
      (
        await given.ask('servers/late', {
          transactions: [answered(0, '10.1.0.1', seconds), ...Array.from({ length: others }, (_, i) => answered(i + 1, '10.1.0.1', 0.002))],
          log_queries: Array.from({ length: others + 1 }, (_, i) => line(i, 0.001)),
        })
      ).length;
    expect([await shown(0.1, 9), await shown(0.102, 9)]).toEqual([0, 1]);
    expect([await shown(1, 100), await shown(1, 99)]).toEqual([0, 1]);
  });

  it('does not judge where nothing is logged', async () => {
    const rows = await given.ask('servers/late', {
      transactions: [answered(1, '10.1.0.1', 4)],
      log_queries: [line(9, 0.001, { transaction_id: null })],
    });
    expect(rows).toEqual([]);
  });
});

describe('servers/latency', () => {
  it('puts the wire beside the log, by the server behind the service', async () => {
    const rows = await given.ask('servers/latency', {
      transactions: [answered(1, '10.1.0.1', 0.5), answered(2, '10.1.0.2', 0.25)],
      log_queries: [line(1, 0.125)],
      servers: [{ server: '10.1.0.1', role: 'coredns', name: 'coredns-1' }],
    });
    expect(rows).toMatchObject([
      { server: '10.1.0.1', role: 'coredns', name: 'coredns-1', logged: 1, log_p50_seconds: 0.125, outside_p50_seconds: 0.375 },
      { server: '10.1.0.2', name: null, logged: 0, log_p50_seconds: null, outside_p50_seconds: null },
    ]);
  });

  it('is narrowed to a client', async () => {
    const transactions = [answered(1, '10.1.0.1', 0.5)];
    expect(await given.ask('servers/latency', { transactions }, {}, { client: '10.0.0.2' })).toEqual([]);
  });
});

describe('servers/zones', () => {
  it('tells the cluster from other zones, the slowest first', async () => {
    const rows = await given.ask(
      'servers/zones',
      {
        transactions: [
          answered(1, '10.1.0.1', 0.001),
          answered(2, '10.1.0.1', 2, { qname: 'www.slow.example' }),
          answered(3, '10.1.0.1', 0.001, { qname: 'google.com.svc.cluster.local', rcode: 'NXDOMAIN' }),
        ],
      },
      { least_queries: '1' },
    );
    expect(rows).toMatchObject([
      { zone: 'slow.example', queries: 1, max_seconds: 2 },
      { zone: 'cluster.local', queries: 2, nxdomain: 1 },
    ]);
  });

  it("takes no character of the cluster's zone for any other", async () => {
    const names = ['db.shop.svc.c_1.local', 'www.c-1.local'];
    const transactions = names.map((qname, i) => answered(i + 1, '10.1.0.1', 0.001, { qname }));
    const rows = await given.ask('servers/zones', { transactions }, { least_queries: '1' });
    expect(rows.map(({ zone }) => zone)).toEqual(['c-1.local', 'c_1.local']);
  });
});

describe('servers/upstreams', () => {
  it('counts what servers asked upstream, not what clients asked', async () => {
    const up = { client: '10.1.0.1', server: '10.9.9.9', backend: '10.9.9.9', from_forwarder: true };
    const rows = await given.ask('servers/upstreams', {
      transactions: [
        answered(1, '10.1.0.1', 0.5),
        answered(2, '10.9.9.9', 0.5, up),
        answered(3, '10.9.9.9', 0, { ...up, state: 'unanswered', rcode: null, response_seconds: null }),
      ],
    });
    expect(rows).toMatchObject([
      { upstream: '10.9.9.9', asked_by: '10.1.0.1', queries: 2, unanswered: 1, unanswered_share: 0.5 },
    ]);
  });
});

describe('servers/failures', () => {
  it('shows SERVFAIL and REFUSED, and no NXDOMAIN', async () => {
    const rows = await given.ask('servers/failures', {
      transactions: [
        answered(1, '10.1.0.1', 2, { rcode: 'SERVFAIL' }),
        answered(2, '10.1.0.1', 0.1, { rcode: 'NXDOMAIN' }),
        answered(3, '10.1.0.1', 0.1, { rcode: 'REFUSED' }),
      ],
    });
    expect(rows.map(({ rcode, answers }) => [rcode, answers])).toEqual([
      ['REFUSED', 1],
      ['SERVFAIL', 1],
    ]);
  });
});

describe('servers/errors', () => {
  it('counts consolidated lines as what they stand for, and leaves other lines out', async () => {
    const error = { source_id: 1, event: 'upstream-error', upstream: '10.9.9.9:53', reason: 'i/o timeout', level: 'error' };
    const rows = await given.ask('servers/errors', {
      sources: SOURCES,
      log_events: [
        { ...error, line: 1, count: 1, qname: 'a.example' },
        { ...error, line: 2, count: 4, qname: 'b.example' },
        { source_id: 1, line: 3, event: 'listening', level: 'info', count: 1 },
      ],
    });
    expect(rows).toMatchObject([{ upstream: '10.9.9.9:53', reason: 'i/o timeout', errors: 5, names: 2 }]);
  });
});

describe('servers/balance', () => {
  it('gives each server behind a service its share', async () => {
    const rows = await given.ask('servers/balance', {
      transactions: [1, 2, 3].map((id) => answered(id, '10.1.0.1', 0.1)).concat(answered(4, '10.1.0.2', 0.1)),
    });
    expect(rows).toMatchObject([
      { server: '10.1.0.1', share: 0.75, even_share: 0.5 },
      { server: '10.1.0.2', share: 0.25, even_share: 0.5 },
    ]);
  });

  it('leaves out servers that are asked by their own address', async () => {
    const transactions = [answered(1, '10.96.0.10', 0.1)];
    expect(await given.ask('servers/balance', { transactions })).toEqual([]);
  });
});

describe('servers/logs', () => {
  it('needs no capture', async () => {
    const rows = await given.ask('servers/logs', {
      sources: SOURCES,
      log_queries: [line(1, 0.5, { rcode: null }), line(2, 0.5, { rcode: 'SERVFAIL' })],
    });
    expect(rows).toMatchObject([{ log: 'coredns.log', server: null, lines: 2, servfail: 1, no_reply: 1 }]);
  });
});

describe('servers/latency-over-time', () => {
  it('has a row a second and server', async () => {
    const rows = await given.ask('servers/latency-over-time', {
      transactions: [answered(1, '10.1.0.1', 0.1), answered(1, '10.1.0.1', 0.1), answered(2, '10.1.0.1', 0.1)],
    });
    expect(rows.map(({ queries }) => queries)).toEqual([2, 1]);
  });
});
