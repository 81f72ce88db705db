import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCauses } from '../../src/causes/load.js';
import { sharedLimits } from '../../src/models/load.js';
import { loadCatalog } from '../../src/packs/load.js';
import { GivenTables, type GivenRows } from '../support/given.js';
import { APP, client, COREDNS, lookup, lost, lostHalf, transaction } from '../support/given-rows.js';

let given: GivenTables;
beforeAll(async () => {
  given = await GivenTables.open();
});
afterAll(() => given.close());

/** A capture from one second of the first minute of 2026 to another. */
function capture(source_id: number, from: number, to: number) {
  return { source_id, kind: 'pcap', is_capture: true, path: `${source_id}.pcap`, first_time: second(from), last_time: second(to) };
}

function second(value: number): string {
  return new Date(Date.UTC(2026, 0, 1) + value * 1000).toISOString().slice(0, 23).replace('T', ' ');
}

function rise(from: number, to: number, counter: string, increase: number) {
  return { source_id: 9, from_time: second(from), to_time: second(to), cpu: 0, counter, increase };
}

/** The values of each measure by the second they begin at. */
async function timeline(rows: GivenRows, params = {}, filters = {}) {
  const found = await given.ask('traffic/timeline', rows, params, filters);
  const measures: Record<string, Record<string, unknown>> = {};
  for (const { measure, from_time, value } of found) {
    (measures[measure as string] ??= {})[(Date.parse(from_time as string) - Date.UTC(2026, 0, 1)) / 1000] = value;
  }
  return measures;
}

const clients = [client(APP, 'web'), client(COREDNS, 'coredns', { is_forwarder: true })];
const asked = (id: number, at: number, more = {}) => transaction(id, { asked_at: second(at), ...more });

describe('traffic/timeline', () => {
  it('gives a rate and a share for each window, and 0 where a capture saw nothing', async () => {
    const transactions = [asked(1, 0), asked(2, 0.5, { rcode: 'NXDOMAIN' }), lost(3, { asked_at: second(3) })];
    expect(await timeline({ sources: [capture(1, 0, 4)], transactions, clients })).toMatchObject({
      'queries per second': { 0: 2, 1: 0, 2: 0, 3: 1, 4: 0 },
      'NXDOMAIN share': { 0: 0.5 },
    });
  });

  it('has no value, not 0, where no capture covers a window', async () => {
    const sources = [capture(1, 0, 1), capture(2, 4, 5)];
    const found = await timeline({ sources, transactions: [asked(1, 0), asked(2, 5)], clients });
    expect(found['queries per second']).toEqual({ 0: 1, 1: 0, 2: null, 3: null, 4: 0, 5: 1 });
    expect(found['NXDOMAIN share']).toEqual({ 0: 0, 2: null, 3: null, 5: 0 });
  });

  it('counts slow or failed lookups and pairs that lost one half, of programs alone', async () => {
    const found = await timeline({
      sources: [capture(1, 0, 2)],
      transactions: [asked(1, 0), asked(2, 1, { client: COREDNS, from_forwarder: true })],
      lookups: [lookup(1, 'a.example', { started_at: second(1), cause: 'conntrack-race' }), lookup(2, 'b.example', { started_at: second(1) })],
      twins: [lostHalf(second(2)), lostHalf(second(2), { client: COREDNS })],
      clients,
    });
    expect(found['slow or failed lookups: conntrack-race']).toEqual({ 0: 0, 1: 1, 2: 0 });
    expect(found['A/AAAA pairs that lost one half']).toEqual({ 0: 0, 1: 0, 2: 1 });
    expect(found['queries per second']).toEqual({ 0: 1, 1: 0, 2: 0 });
  });

  it('shows the rise of a counter over the interval between its samples, summed over CPUs', async () => {
    const found = await given.ask('traffic/timeline', {
      sources: [capture(1, 0, 60)],
      transactions: [asked(1, 0)],
      clients,
      conntrack_deltas: [
        rise(10, 40, 'drop', 2),
        { ...rise(10, 40, 'drop', 1), cpu: 1 },
        rise(10, 40, 'insert_failed', 0),
        rise(10, 40, 'found', 1000),
      ],
    });
    expect(found.filter(({ measure }) => (measure as string).startsWith('conntrack'))).toEqual([
      { measure: 'conntrack drop', from_time: '2026-01-01T00:00:10Z', to_time: '2026-01-01T00:00:40Z', value: 3, limit_value: null },
    ]);
  });

  it('puts intervals shorter than a window together', async () => {
    const deltas = [rise(10, 11, 'drop', 1), rise(11, 12, 'drop', 1), rise(20, 21, 'drop', 1)];
    const rows = { sources: [capture(1, 0, 60)], transactions: [asked(1, 0)], clients, conntrack_deltas: deltas };
    expect((await timeline(rows, { window_seconds: '10' }))['conntrack drop']).toEqual({ 10: 2, 20: 1 });
  });

  it.each([
    [100, 101],
    [3000, 101],
    [86_400, 97],
    [40 * 86_400, 81],
  ])('has about a hundred windows over %i seconds', async (seconds, windows) => {
    const found = await timeline({ sources: [capture(1, 0, seconds)], transactions: [asked(1, 0)], clients });
    expect(Object.keys(found['queries per second']!)).toHaveLength(windows);
  });

  it.each([120, 240, 600, 1200, 3600, 7200, 36_000, 108_000, 432_000])('takes the next longer window over more than %i seconds', async (most) => {
    const windows = async (seconds: number) => {
      const found = await timeline({ sources: [capture(1, 0, seconds)], transactions: [asked(1, 0)], clients });
      return Object.keys(found['queries per second']!).length;
    };
    expect(await windows(most)).toBe(121);
    expect(await windows(most + 1)).toBeLessThan(100);
  });

  it('keeps to the time and client asked for', async () => {
    const rows = { sources: [capture(1, 0, 60)], transactions: [asked(1, 5), asked(2, 6, { client: '10.0.0.9' })], clients };
    const filters = { since: second(4), until: second(8), client: APP };
    expect((await timeline(rows, {}, filters))['queries per second']).toEqual({ 4: 0, 5: 1, 6: 0, 7: 0 });
  });

  it('tells what was lost on the way, on the way back and not answered apart, by the server', async () => {
    const found = await timeline({
      sources: [capture(1, 0, 1)],
      transactions: [
        lost(1, { asked_at: second(0), query_reached_server: false }),
        lost(2, { asked_at: second(1), query_reached_server: true, response_left_server: true, backend: COREDNS }),
        lost(3, { asked_at: second(1), query_reached_server: true, response_left_server: false, backend: COREDNS }),
        lost(4, { asked_at: second(1) }),
        asked(5, 0, { rcode: 'SERVFAIL' }),
        asked(6, 0, { truncated: true }),
      ],
      servers: [{ server: COREDNS, role: 'coredns', name: 'coredns-1' }],
      clients,
    });
    expect(found).toMatchObject({
      'queries lost on the way to: 10.100.0.10': { 0: 1, 1: 0 },
      'replies lost from: coredns-1': { 0: 0, 1: 1 },
      'unanswered by: coredns-1': { 0: 0, 1: 1 },
      'no answer seen from: 10.100.0.10': { 0: 0, 1: 1 },
      'SERVFAIL from: coredns-1': { 0: 1, 1: 0 },
      'truncated answers of: coredns-1': { 0: 1, 1: 0 },
    });
  });

  it('shows of many servers the three with most of a trouble', async () => {
    const lossesOf = (server: number, number: number) =>
      Array.from({ length: number }, (_, i) => lost(server * 10 + i, { asked_at: second(0), query_reached_server: true, backend: `10.0.2.${server}` }));
    const transactions = [lossesOf(1, 4), lossesOf(2, 1), lossesOf(3, 3), lossesOf(4, 2)].flat();
    const found = await timeline({ sources: [capture(1, 0, 1)], transactions, clients });
    const by = Object.keys(found).filter((measure) => measure.startsWith('unanswered by'));
    expect(by.map((measure) => measure.slice(-1)).toSorted()).toEqual(['1', '3', '4']);
  });

  it('counts the most packets within any second, which a window of the clock would cut in two, beside the limit', async () => {
    const up = (id: number, at: number, more = {}) => asked(id, at, { client: COREDNS, server: '10.0.0.2', backend: null, from_forwarder: true, source_id: 1, ...more });
    const rows = {
      sources: [capture(1, 0, 3), capture(2, 0, 3)],
      transactions: [up(1, 0.6), up(2, 0.7), up(3, 1.4), up(4, 1.5), up(5, 1.55, { source_id: 2 }), up(6, 2.9, { state: 'unanswered', response_seconds: null }), asked(7, 0)],
      clients,
      servers: [{ server: '10.0.0.2', role: 'upstream', name: null }],
    };
    const found = await timeline(rows);
    expect(found['most packets in a second to upstreams']).toEqual({ 0: 2, 1: 4, 2: 1, 3: 0 });
    expect(found['unanswered by upstream: 10.0.0.2']).toEqual({ 0: 0, 1: 0, 2: 1, 3: 0 });
    expect(found['longest upstream answer seconds: 10.0.0.2']).toEqual({ 0: 0.001, 1: 0.001 });
    const limits = (await given.ask('traffic/timeline', rows)).filter(({ limit_value }) => limit_value !== null);
    expect(new Set(limits.map(({ measure, limit_value }) => `${measure as string} ${limit_value as number}`))).toEqual(
      new Set(['most packets in a second to upstreams 1024']),
    );
  });

  it('shows how full the conntrack table was, of what it may hold', async () => {
    const sample = (at: number, entries: number) => ({ source_id: 9, time: second(at), entries, max_entries: 100 });
    const rows = { sources: [capture(1, 0, 4)], transactions: [asked(1, 0)], clients, conntrack_table: [sample(0, 50), sample(2, 100)] };
    expect((await timeline(rows))['conntrack table filled share']).toEqual({ 0: 0.5, 2: 1 });
  });
});

it('draws the limit on packets that the cause of it judges by', () => {
  const { packets_a_second } = sharedLimits();
  expect(Number(loadCatalog().get('traffic/timeline').params['packets_a_second']!.default)).toBe(packets_a_second!.default);
});

it('has every measure that a cause wants to be seen by', () => {
  const { text } = loadCatalog().get('traffic/timeline');
  const wanted = loadCauses().flatMap(({ panels }) => panels);
  expect(wanted.length).toBeGreaterThan(20);
  const isThere = (panel: string): boolean =>
    text.includes(`'${panel}`) || panel.startsWith('conntrack ') || ['SERVFAIL from', 'REFUSED from'].includes(panel);
  expect(wanted.filter((panel) => !isThere(panel))).toEqual([]);
});
