import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GivenTables } from '../support/given.js';

let given: GivenTables;
beforeAll(async () => {
  given = await GivenTables.open();
});
afterAll(() => given.close());

const SOURCES = [{ source_id: 1, path: 'node.log' }];
const AT = { first_at: '2026-01-01 00:00:00', last_at: '2026-01-01 00:01:00' };
const one = (counter: string, more = {}) => ({
  source_id: 1,
  origin: 'coredns',
  counter,
  labels: '{}',
  meaning: 'total',
  is_trouble: true,
  ...AT,
  ...more,
});

describe('counters/trouble', () => {
  it('tells what rose before what is a total of unknown age, and nothing that stood still', async () => {
    const rows = await given.ask('counters/trouble', {
      sources: SOURCES,
      counter_series: [
        one('since boot', { last_value: 9, increase: null }),
        one('rose', { last_value: 12, increase: 3 }),
        one('still', { last_value: 40, increase: 0 }),
        one('zero', { last_value: 0, increase: null }),
        one('no trouble', { last_value: 5, increase: 5, is_trouble: false }),
      ],
    });
    expect(rows.map(({ counter, reading }) => [counter, reading])).toEqual([
      ['rose', 'it rose while it was watched'],
      ['since boot', 'since boot or start; when is not told'],
    ]);
  });
});

describe('counters/coredns', () => {
  it('gives the shares of what came between readings', async () => {
    const answers = (rcode: string, increase: number) =>
      one('coredns_dns_responses_total', { labels: JSON.stringify({ rcode }), increase, last_value: 1000 });
    const [row] = await given.ask('counters/coredns', {
      sources: SOURCES,
      counter_series: [
        answers('NOERROR', 60),
        answers('NXDOMAIN', 30),
        answers('SERVFAIL', 10),
        one('coredns_cache_hits_total', { increase: 30, last_value: 30 }),
        one('coredns_cache_misses_total', { increase: 10, last_value: 10 }),
      ],
    });
    expect(row).toMatchObject({
      watched: 'yes',
      seconds: 60,
      answers: 100,
      nxdomain_share: 0.3,
      servfail_share: 0.1,
      cache_hit_share: 0.75,
    });
  });

  it('says where all is since the server began', async () => {
    const [row] = await given.ask('counters/coredns', {
      sources: SOURCES,
      counter_series: [one('coredns_panics_total', { increase: null, last_value: 2 })],
    });
    expect(row).toMatchObject({ watched: 'no', seconds: null, panics: 2 });
  });
});

describe('counters/over-time', () => {
  const delta = (counter: string, increase: number, is_trouble: boolean) => ({
    source_id: 1,
    from_time: '2026-01-01 00:00:00',
    to_time: '2026-01-01 00:00:10',
    counter,
    increase,
    is_trouble,
  });

  it('shows trouble that rose and the queries, as rates', async () => {
    const rows = await given.ask('counters/over-time', {
      counter_deltas: [
        delta('drops', 20, true),
        delta('still', 0, true),
        delta('coredns_dns_requests_total', 50, false),
        delta('UdpInDatagrams', 50, false),
      ],
    });
    expect(rows.map(({ counter, per_second }) => [counter, per_second])).toEqual([
      ['coredns_dns_requests_total', 5],
      ['drops', 2],
    ]);
  });
});
