import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GivenRows, GivenTables } from '../support/given.js';
import { client, lookup, lost, question, transaction } from '../support/given-rows.js';

let given: GivenTables;
beforeAll(async () => {
  given = await GivenTables.open();
});
afterAll(() => given.close());

const at = (second: string) => ({ started_at: `2026-01-01 00:00:${second}` });
const POD = client('10.0.0.1', 'app', { namespace: 'shop' });

describe('compare/lookups', () => {
  const ask = (rows: GivenRows, params: Record<string, string> = {}, filters = {}) =>
    given.ask('compare/lookups', { clients: [POD], ...rows }, params, filters);

  it('sums by stretch of time from the first lookup, workload, name, cause and class of duration', async () => {
    const lookups = [
      lookup(1, 'a.example', at('01')),
      lookup(2, 'a.example', { ...at('04'), seconds: 0.0011 }),
      lookup(3, 'a.example', at('07')),
      lookup(4, 'a.example', { ...at('07'), seconds: 5, cause: 'lost-replies', queries: 4 }),
    ];
    const found = await ask({ lookups }, { block_seconds: '5' });
    expect(found.map((row) => [row['block'], row['cause'], row['lookups'], row['queries'], row['hurt_seconds']])).toEqual([
      [0, null, 2, 4, 0],
      [1, 'lost-replies', 1, 4, 5],
      [1, null, 1, 2, 0],
    ]);
    expect(found[0]).toMatchObject({ workload: 'shop/app', known: true, name: 'a.example', class: -60 });
    expect(found[0]!['seconds']).toBeCloseTo(0.0021);
  });

  it('has no class or verdict of a lookup whose end is not seen, but where it is blamed on something', async () => {
    const lookups = [
      lookup(1, 'a.example', { ...at('01'), outcome: 'unknown' }),
      lookup(2, 'b.example', { ...at('01'), outcome: 'unknown', cause: 'dead-backend', seconds: 5 }),
    ];
    const found = await ask({ lookups });
    expect(found.map((row) => [row['name'], row['class'], row['judged'], row['seconds']])).toEqual([
      ['a.example', null, 0, 0],
      ['b.example', 13, 1, 5],
    ]);
  });

  it('gives the names asked most rows of their own, and the address of a client of which nothing is known', async () => {
    const lookups = [lookup(1, 'a.example'), lookup(2, 'a.example'), lookup(3, 'b.example', { client: '10.0.0.9' })];
    const found = await ask({ lookups, clients: [POD, { client: '10.0.0.9', is_forwarder: false }] }, { names: '1' });
    expect(found.map((row) => [row['workload'], row['known'], row['name'], row['lookups']])).toEqual([
      ['10.0.0.9', false, null, 1],
      ['shop/app', true, 'a.example', 2],
    ]);
  });

  it('counts answers, NXDOMAIN, silence, and what a cache on the node answered by itself', async () => {
    const node = { server: '169.254.20.10', backend: null };
    const times = (asked: string, answered: string) => ({
      asked_at: `2026-01-01 00:00:01.${asked}`,
      answered_at: `2026-01-01 00:00:01.${answered}`,
    });
    const [found] = await ask({
      lookups: [lookup(1, 'a.example')],
      questions: [1, 2, 3, 4].map((id) => question(id, 'a.example', { lookup_id: 1 })),
      servers: [{ server: '169.254.20.10', role: 'nodelocal' }],
      transactions: [
        transaction(1, { ...node, rcode: 'NXDOMAIN', qname: 'a.x', ...times('100', '200') }),
        transaction(2, { ...node, qname: 'b.x', ...times('100', '200') }),
        transaction(3, { ...times('100', '200') }),
        lost(4),
        // what the cache asks in turn
        transaction(9, { client: '10.0.7.7', qname: 'b.x', from_forwarder: true, question_id: 99, ...times('150', '190') }),
      ],
    });
    expect(found).toMatchObject({ answered: 3, unanswered: 1, nxdomain: 1, on_node: 1 });
  });

  it('takes only lookups between two times and of a client', async () => {
    const lookups = [lookup(1, 'a.example', at('01')), lookup(2, 'b.example', at('05'))];
    const names = async (filters: object) => (await ask({ lookups }, {}, filters)).map((row) => row['name']);
    expect(await names({ since: '2026-01-01 00:00:03' })).toEqual(['b.example']);
    expect(await names({ until: '2026-01-01 00:00:05' })).toEqual(['a.example']);
    expect(await names({ client: '10.0.0.2' })).toEqual([]);
  });
});

describe('compare/span', () => {
  it('is one row of nothing without evidence', async () => {
    expect(await given.ask('compare/span', {})).toEqual([
      expect.objectContaining({ lookups: 0, judged: 0, first_at: null, counter_intervals: 0, log_lines: 0 }),
    ]);
  });

  it('counts what lies between two times', async () => {
    const lookups = [
      lookup(1, 'a.example', at('01')),
      lookup(2, 'a.example', { ...at('03'), outcome: 'unknown' }),
      lookup(3, 'a.example', at('09')),
    ];
    const [row] = await given.ask('compare/span', { lookups }, {}, { until: '2026-01-01 00:00:09' });
    expect(row).toMatchObject({ lookups: 2, judged: 1, clients: 1, last_at: '2026-01-01T00:00:03Z' });
  });
});

describe('compare/counters', () => {
  it('sums the counters of losses by stretch, of intervals that lookups lie in', async () => {
    const delta = (from: string, to: string, counter: string, increase: number) => ({
      source_id: 1,
      from_time: `2026-01-01 00:00:${from}`,
      to_time: `2026-01-01 00:00:${to}`,
      cpu: 0,
      counter,
      increase,
    });
    const found = await given.ask(
      'compare/counters',
      {
        lookups: [lookup(1, 'a.example', at('10')), lookup(2, 'a.example', at('20'))],
        conntrack_deltas: [
          delta('05', '09', 'drop', 9),
          delta('09', '11', 'drop', 1),
          delta('16', '17', 'drop', 2),
          delta('16', '17', 'found', 7),
          delta('21', '22', 'drop', 9),
        ],
      },
      { block_seconds: '5' },
    );
    expect(found).toEqual([
      { block: 0, counter: 'drop', increase: 1 },
      { block: 1, counter: 'drop', increase: 2 },
    ]);
  });
});

it('compare/inputs has captures and logs, which are not configuration', async () => {
  const sources = [
    { source_id: 1, path: 'a.pcap', sha256: 'aa', kind: 'pcap', is_capture: true },
    { source_id: 2, path: 'Corefile', sha256: 'bb', kind: 'corefile', is_capture: false },
    { source_id: 3, path: 'coredns.log', sha256: 'cc', kind: 'coredns-log', is_capture: false },
  ];
  expect((await given.ask('compare/inputs', { sources })).map((row) => row['sha256'])).toEqual(['aa', 'cc']);
});
