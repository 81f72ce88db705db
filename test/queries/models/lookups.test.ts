import { describe, expect, it } from 'vitest';
import { Wire } from '../../support/wire.js';

let port = 4000;

/** One step of a lookup: both halves of a name from a new socket, answered after a millisecond unless lost. */
function step(seconds: number, name: string, result: string, client = '10.0.0.1'): string[] {
  port++;
  const time = (later: number) => (seconds + later).toFixed(4);
  const exchange = (id: number, type: string, later: number, answer: string) => [
    `${time(later)} ${client}:${port} > 10.96.0.10:53 ${id} ${type}? ${name}`,
    ...(result === 'lost' ? [] : [`${time(later + 0.001)} 10.96.0.10:53 > ${client}:${port} ${id} ${type} ${name} ${answer}`]),
  ];
  return [
    ...exchange(port, 'A', 0, result),
    ...exchange(port + 30000, 'AAAA', 0.0001, result === 'NOERROR' ? 'NOERROR answers=0' : result),
  ];
}

const SUFFIXES = ['.default.svc.cluster.local', '.svc.cluster.local', '.cluster.local', ''];

/** A walk over the search list to the name itself, 5 ms a step; only the last name is there. */
function walk(seconds: number, name: string, client?: string): string[] {
  return SUFFIXES.flatMap((suffix, i) =>
    step(seconds + i * 0.005, name + suffix, suffix === '' ? 'NOERROR' : 'NXDOMAIN', client),
  );
}

const LOOKUPS =
  'select address as client, name, steps, queries, wasted_queries, outcome from work.wire_lookups inner join work.address_ids on raw_id = client_id order by started_ns';
const CONFIG = {
  source_id: 9,
  line: 1,
  owner: 'app',
  origin: 'resolv.conf',
  nameservers: '["10.96.0.10"]',
  search: '["default.svc.cluster.local","svc.cluster.local","cluster.local"]',
  ndots: 5,
  options: '["ndots:5"]',
};
const POD = {
  source_id: 9,
  kind: 'Pod',
  namespace: 'shop',
  name: 'app-1',
  address: '10.0.0.1',
  role: 'pod',
  host_network: false,
};

describe('lookups', () => {
  it('are the walk over the search list that was configured, in its order', async () => {
    const wire = (await Wire.open())
      .insert('resolver_configs', CONFIG)
      .insert('cluster_objects', POD)
      .messages(...walk(1, 'google.com'))
      .until(60);
    expect(await wire.rows(LOOKUPS)).toEqual([
      { client: '10.0.0.1', name: 'google.com', steps: 4, queries: 8, wasted_queries: 6, outcome: 'answered' },
    ]);
  });

  it('begin with the name itself where it has 15 dots, the most that resolvers take for ndots', async () => {
    const name = `${'a.'.repeat(15)}example`;
    const wire = (await Wire.open())
      .insert('resolver_configs', { ...CONFIG, ndots: 99 })
      .insert('cluster_objects', POD)
      .messages(...step(1, name, 'NXDOMAIN'), ...step(1.005, `${name}.default.svc.cluster.local`, 'NOERROR'))
      .until(60);
    expect(await wire.rows(LOOKUPS)).toMatchObject([{ name, steps: 2, queries: 4 }]);
  });

  it('are the walk over a search list inferred from the walks themselves', async () => {
    const wire = (await Wire.open()).messages(...walk(1, 'google.com'), ...walk(2, 'api.example.org')).until(60);
    expect(await wire.rows(LOOKUPS)).toMatchObject([
      { name: 'google.com', steps: 4 },
      { name: 'api.example.org', steps: 4 },
    ]);
    expect(await wire.rows("select observed_search_list from clients where client = '10.0.0.1'")).toEqual([
      { observed_search_list: ['default.svc.cluster.local', 'svc.cluster.local', 'cluster.local'] },
    ]);
  });

  it('waste nothing where one name was asked, though it was asked twice', async () => {
    const wire = (await Wire.open())
      .insert('resolver_configs', CONFIG)
      .insert('cluster_objects', POD)
      .messages(
        '1.000 10.0.0.1:4000 > 10.96.0.10:53 7 A? a.example',
        '1.001 10.96.0.10:53 > 10.0.0.1:4000 7 A a.example SERVFAIL',
        '1.002 10.0.0.1:4001 > 10.96.0.10:53 7 A? a.example',
        '1.003 10.96.0.10:53 > 10.0.0.1:4001 7 A a.example',
      )
      .until(60);
    expect(await wire.rows(LOOKUPS)).toMatchObject([{ steps: 1, queries: 2, wasted_queries: 0 }]);
  });

  it('end where a suffix completes the name', async () => {
    const wire = (await Wire.open())
      .insert('resolver_configs', CONFIG)
      .insert('cluster_objects', POD)
      .messages(
        ...step(1, 'db.shop.default.svc.cluster.local', 'NXDOMAIN'),
        ...step(1.005, 'db.shop.svc.cluster.local', 'NOERROR'),
      )
      .until(60);
    expect(await wire.rows(LOOKUPS)).toMatchObject([{ name: 'db.shop', steps: 2, queries: 4, wasted_queries: 2 }]);
  });

  it('go on where the next step of a walk comes late, as on a busy node', async () => {
    const wire = (await Wire.open())
      .insert('resolver_configs', CONFIG)
      .insert('cluster_objects', POD)
      .messages(
        ...SUFFIXES.flatMap((suffix, i) => step(1 + i * 0.6, `www.example.com${suffix}`, suffix === '' ? 'NOERROR' : 'NXDOMAIN')),
      );
    expect(await wire.rows(LOOKUPS)).toMatchObject([{ name: 'www.example.com', steps: 4, outcome: 'answered' }]);
  });

  it('go on with the bare name where a step timed out', async () => {
    const wire = (await Wire.open())
      .insert('resolver_configs', CONFIG)
      .insert('cluster_objects', POD)
      .messages(...walk(1, 'other.example', '10.0.0.2'))
      .messages(
        ...step(2, 'google.com.default.svc.cluster.local', 'lost'),
        ...step(7.001, 'google.com', 'NOERROR'),
      )
      .until(60);
    expect(await wire.rows(`select * from (${LOOKUPS}) where client = '10.0.0.1'`)).toMatchObject([
      { name: 'google.com', steps: 2, outcome: 'answered' },
    ]);
  });

  it('of absolute names are one step each, not found or not', async () => {
    const wire = (await Wire.open())
      .messages(...step(1, 'a.example.org', 'NXDOMAIN'), ...step(2, 'b.example.net', 'NOERROR'))
      .until(60);
    expect(await wire.rows(LOOKUPS)).toMatchObject([
      { name: 'a.example.org', steps: 1, wasted_queries: 0, outcome: 'negative' },
      { name: 'b.example.net', steps: 1, wasted_queries: 0, outcome: 'answered' },
    ]);
  });

  it.each([
    ['A', ['A']],
    ['AAAA', ['AAAA']],
    ['A and AAAA', ['A', 'AAAA']],
  ])('are one single walk of %s by the cluster\'s form, other lookups in between', async (_, types) => {
    const one = (seconds: number, name: string, rcode: string) =>
      types.flatMap((type, i) => {
        port++;
        return [
          `${(seconds + i * 0.0001).toFixed(4)} 10.0.0.1:${port} > 10.96.0.10:53 ${port} ${type}? ${name}`,
          `${(seconds + 0.001).toFixed(4)} 10.96.0.10:53 > 10.0.0.1:${port} ${port} ${type} ${name} ${rcode}`,
        ];
      });
    const suffixes = ['.shop.svc.k8s.corp', '.svc.k8s.corp', '.k8s.corp', '.ec2.internal', ''];
    const wire = (await Wire.open())
      .messages(
        ...suffixes.flatMap((suffix, i) => [
          ...one(1 + i * 0.005, `www.sample.org${suffix}`, suffix === '' ? 'NOERROR' : 'NXDOMAIN'),
          ...one(1.002 + i * 0.005, `n${i}.sample.net`, 'NOERROR'),
        ]),
      )
      .until(60);
    const n = types.length;
    expect(await wire.rows(`select * from (${LOOKUPS}) where steps > 1`)).toEqual([
      { client: '10.0.0.1', name: 'www.sample.org', steps: 5, queries: 5 * n, wasted_queries: 4 * n, outcome: 'answered' },
    ]);
    expect(await wire.rows('select count(*)::int as n from work.wire_lookups')).toEqual([{ n: 6 }]);
  });

  it('are a walk over the one resolv.conf beside the capture of one client', async () => {
    const wire = (await Wire.open())
      .insert('resolver_configs', { ...CONFIG, search: '["corp.example","example.net"]' })
      .messages(
        ...step(1, 'db.corp.example', 'NXDOMAIN'),
        ...step(1.005, 'db.example.net', 'NXDOMAIN'),
        ...step(1.01, 'db', 'NXDOMAIN'),
      )
      .until(60);
    expect(await wire.rows(LOOKUPS)).toMatchObject([{ name: 'db', steps: 3, outcome: 'negative' }]);
  });

  it('of several clients are read by one resolv.conf only where they walk over its list', async () => {
    const wire = (await Wire.open())
      .insert('resolver_configs', { ...CONFIG, search: '["corp.example","example.net"]', ndots: 3 })
      .messages(
        ...step(1, 'db.corp.example', 'NXDOMAIN'),
        ...step(1.005, 'db.example.net', 'NOERROR'),
        ...step(2, 'db.corp.example', 'NOERROR', '10.0.0.2'),
      )
      .until(60);
    expect(await wire.rows('select client, ndots from clients order by client')).toEqual([
      { client: '10.0.0.1', ndots: 3 },
      { client: '10.0.0.2', ndots: null },
    ]);
  });

  it.each([
    ['at once where the server\'s host refused it', 1.0004],
    ['after a wait where its last attempt was not refused', 6.0012],
  ])('go on from a step that nothing answered %s', async (_, next) => {
    const name = 'web.shop.default.svc.cluster.local';
    const wire = (await Wire.open())
      .insert('resolver_configs', CONFIG)
      .insert('cluster_objects', POD)
      .messages(...step(0.5, 'other.example', 'NOERROR', '10.0.0.2'))
      .messages(
        `1.0000 10.0.0.1:3001 > 10.96.0.10:53 1 A? ${name}`,
        `1.0001 10.0.0.1:3002 > 10.96.0.10:53 2 AAAA? ${name}`,
        `1.0002 10.0.0.1:3003 > 10.96.0.10:53 3 A? ${name}`,
        `1.0003 10.0.0.1:3004 > 10.96.0.10:53 4 AAAA? ${name}`,
        ...step(next, 'web.shop.svc.cluster.local', 'NOERROR'),
      )
      .until(60);
    expect(await wire.rows("select name, queries, outcome, round(seconds) as seconds from lookups where client = '10.0.0.1'")).toEqual([
      { name: 'web.shop', queries: 6, outcome: 'answered', seconds: Math.round(next - 1) },
    ]);
  });

  it('are those of programs, not those that a cache in the pod passes on', async () => {
    const passed = (seconds: number, name: string, id: number) => [
      `${seconds}00 127.0.0.1:${id} > 127.0.0.53:53 ${id} A? ${name}`,
      `${seconds}02 10.0.0.1:${id + 9000} > 10.96.0.10:53 ${id + 5000} A? ${name}`,
      `${seconds}12 10.96.0.10:53 > 10.0.0.1:${id + 9000} ${id + 5000} A ${name}`,
      `${seconds}14 127.0.0.53:53 > 127.0.0.1:${id} ${id} A ${name}`,
    ];
    const wire = (await Wire.open())
      .messages(...passed(1.1, 'a.example', 4001), ...passed(1.2, 'b.example', 4002), ...passed(1.3, 'c.example', 4003))
      .until(60);
    expect(await wire.rows('select client, count(*)::int as n from lookups group by client')).toEqual([
      { client: '127.0.0.1', n: 3 },
    ]);
    expect(await wire.rows("select resolver from clients where client = '10.0.0.1'")).toEqual([{ resolver: 'forwarder' }]);
  });

  it('still open when the capture ends have taken at least what was watched, and have a cause when that is slow', async () => {
    const wire = (await Wire.open())
      .messages(...step(0.5, 'other.example', 'NOERROR'), ...step(1, 'a.example', 'lost'), ...step(2.8, 'b.example', 'lost'))
      .until(3);
    expect(await wire.rows("select name, still_open, round(seconds, 1) as seconds, cause is not null as blamed from lookups where name <> 'other.example' order by name")).toEqual([
      { name: 'a.example', still_open: true, seconds: 2, blamed: true },
      { name: 'b.example', still_open: true, seconds: 0.2, blamed: false },
    ]);
  });
});
