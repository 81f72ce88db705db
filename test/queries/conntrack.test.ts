import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GivenTables } from '../support/given.js';

let given: GivenTables;
beforeAll(async () => {
  given = await GivenTables.open();
});
afterAll(() => given.close());

const time = (second: number) => `2026-01-01 00:00:0${second}`;
const SOURCES = [{ source_id: 1, path: 'conntrack.log' }];
const rise = (from: number, counter: string, increase: number) => ({
  source_id: 1,
  from_time: time(from),
  to_time: time(from + 1),
  cpu: 0,
  counter,
  increase,
});
/** An interval of a second with what rose in it, and a loss that counts in one. */
const span = (second: number, more = {}) => ({ source_id: 1, from_time: time(second), to_time: time(second + 1), ...more });
const lost = (second: number, loss: string, client = '10.0.0.1') => span(second, { loss, client });

describe('conntrack/totals', () => {
  const total = (counter: string, count: number, samples: number) => ({ source_id: 1, counter, samples, total: count });

  it('says that a single sample has totals since boot, the largest first', async () => {
    const rows = await given.ask('conntrack/totals', {
      sources: SOURCES,
      conntrack_totals: [total('drop', 19, 1), total('insert_failed', 20, 1)],
    });
    expect(rows.map(({ counter, increase }) => [counter, increase])).toEqual([
      ['insert_failed', null],
      ['drop', null],
    ]);
    expect(rows[0]!['reading']).toMatch(/^a single sample: totals since boot/);
  });

  it('gives the increase of several samples', async () => {
    const rows = await given.ask('conntrack/totals', {
      sources: SOURCES,
      conntrack_totals: [total('drop', 9, 2), total('found', 900, 2), total('error', 0, 2)],
      conntrack_deltas: [rise(0, 'drop', 2), rise(0, 'found', 0), rise(0, 'error', 0)],
    });
    expect(rows).toMatchObject([
      { counter: 'drop', total: 9, increase: 2, reading: 'rose while it was sampled' },
      { counter: 'found', increase: 0, reading: 'did not rise while it was sampled' },
      { counter: 'error', increase: 0, reading: 'zero since boot' },
    ]);
  });
});

describe('conntrack/increases', () => {
  it('puts the counters beside what was lost in the same interval', async () => {
    const rows = await given.ask('conntrack/increases', {
      sources: SOURCES,
      conntrack_intervals: [span(1, { insert_failed: 1, drop: 1, pairs: 2 }), span(5, { drop: 0, pairs: 1 })],
      conntrack_losses: [lost(1, 'half'), lost(1, 'query')],
    });
    expect(rows).toMatchObject([
      { insert_failed: 1, drop: 1, early_drop: null, pairs: 2, lost_half: 1, lost_both: 0, not_reached: 1 },
    ]);
  });

  it("keeps to one client's losses", async () => {
    const rows = { sources: SOURCES, conntrack_intervals: [span(1, { drop: 0 })], conntrack_losses: [lost(1, 'both')] };
    expect(await given.ask('conntrack/increases', rows, {}, { client: '10.0.0.1' })).toMatchObject([{ lost_both: 1 }]);
    expect(await given.ask('conntrack/increases', rows, {}, { client: '10.0.0.2' })).toEqual([]);
  });

  it('is empty where nothing rose and nothing was lost', async () => {
    const conntrack_intervals = [span(1, { drop: 0, invalid: 7, pairs: 1 })];
    expect(await given.ask('conntrack/increases', { sources: SOURCES, conntrack_intervals })).toEqual([]);
  });
});

describe('conntrack/losses', () => {
  const ask = (interval: object, ...losses: ReturnType<typeof lost>[]) =>
    given.ask('conntrack/losses', {
      sources: SOURCES,
      conntrack_intervals: [span(1, interval)],
      conntrack_losses: losses,
      transactions: [{ transaction_id: 1 }],
    });

  it('calls insert_failed and drop together an insertion race', async () => {
    const [row] = await ask({ insert_failed: 1, drop: 1 }, lost(1, 'query'), lost(1, 'half'));
    expect(row).toMatchObject({
      intervals: 1,
      lost_queries: 1,
      lost_half: 1,
      sign: 'insertion race: insert_failed and drop rise together',
    });
  });

  it('calls drops without insert_failed a full table', async () => {
    const [row] = await ask({ drop: 1 }, lost(1, 'query'));
    expect(row).toMatchObject({ sign: 'full table: drops without failed insertions' });
  });

  it('does not show insert_failed that dropped nothing', async () => {
    expect(await ask({ insert_failed: 3 }, lost(1, 'query'))).toEqual([]);
  });

  it('does not show drops at another time than the losses', async () => {
    expect(await ask({ drop: 3 }, lost(8, 'query'))).toEqual([]);
  });

  it('does not show drops beside pairs whose queries reached a server', async () => {
    expect(await ask({ drop: 1 }, lost(1, 'half'))).toEqual([]);
  });
});

describe('conntrack/over-time', () => {
  it('leaves out counters that never rose', async () => {
    const rows = await given.ask('conntrack/over-time', {
      conntrack_deltas: [rise(1, 'drop', 1), rise(2, 'drop', 0), rise(1, 'invalid', 0)],
    });
    expect(rows.map(({ counter, increase }) => [counter, increase])).toEqual([
      ['drop', 1],
      ['drop', 0],
    ]);
  });
});

describe('the conntrack table', () => {
  const fill = (second: number, entries: number) => ({
    source_id: 1,
    line: second,
    time: time(second),
    entries,
    max_entries: 100,
    full_messages: 0,
  });

  it('conntrack/table tells a full one, and when', async () => {
    const rows = await given.ask('conntrack/table', {
      sources: SOURCES,
      conntrack_table: [fill(1, 50), fill(2, 100), fill(3, 60)],
    });
    expect(rows).toMatchObject([{ fullest_share: 1, full_samples: 1, reading: 'the table was full' }]);
  });

  it('conntrack/table tells one with room', async () => {
    const rows = await given.ask('conntrack/table', { sources: SOURCES, conntrack_table: [fill(1, 50)] });
    expect(rows).toMatchObject([{ full_samples: 0, reading: 'room was left in every sample' }]);
  });

  it('conntrack/table-over-time has a row a sample', async () => {
    const rows = await given.ask('conntrack/table-over-time', {
      sources: SOURCES,
      conntrack_table: [fill(1, 50), fill(2, 75)],
    });
    expect(rows.map(({ filled_share }) => filled_share)).toEqual([0.5, 0.75]);
  });
});

describe('conntrack/flows', () => {
  it('counts unreplied flows to port 53 by server, ended ones left out', async () => {
    const flow = { src: '10.0.0.1', dst: '10.96.0.10', dst_port: 53, protocol: 'udp', reply_src: '10.1.0.1' };
    const rows = await given.ask('conntrack/flows', {
      conntrack_flows: [
        { ...flow, unreplied: true },
        { ...flow, unreplied: false },
        { ...flow, unreplied: true, event: 'destroy' },
        { ...flow, unreplied: true, dst_port: 443 },
      ],
    });
    expect(rows).toMatchObject([{ destination: '10.96.0.10', backend: '10.1.0.1', flows: 2, unreplied: 1 }]);
  });
});
