import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { each, ns, rows, time, type GivenRow } from '../../../support/either-side.js';
import { GivenModels } from '../../../support/given-models.js';

let given: GivenModels;
beforeAll(async () => {
  given = await GivenModels.open();
});
afterAll(() => given.close());

describe('tables and counters of conntrack', () => {
  it('takes a table for full from 95 % on, for the second of a sample and 1.5 s either way', async () => {
    const full = (entries: number) =>
      given.rows('work.full_intervals', { conntrack_table: [{ time: time(100), entries, max_entries: 1000, full_messages: 0 }], conntrack_deltas: [] });
    expect(await full(949)).toEqual([]);
    expect(await full(950)).toMatchObject([{ from_ns: ns(98.5), until_ns: ns(102.5) }]);
  });

  it('takes no interval for full in which insertions failed as often as a tenth of what was dropped', async () => {
    const full = (failed: number) =>
      given.count('work.full_intervals', {
        conntrack_deltas: [
          { from_time: time(1), to_time: time(2), counter: 'drop', increase: 100 },
          { from_time: time(1), to_time: time(2), counter: 'insert_failed', increase: failed },
        ],
        conntrack_table: [],
      });
    expect(await each([9, 10, 100], full)).toEqual([1, 0, 0]);
  });

  it('holds a full table to account for as many losses as were counted, for those that ICMP does not tell of', async () => {
    const accounted = async (lost: number, dropped: number | null, refused = 0) =>
      given.count('work.full_losses', {
        'work.losses': rows(lost, (i) => ({ transaction_id: i, asked_ns: ns(1), query_reached_server: i % 2 === 0 ? false : null })),
        'work.full_intervals': [{ from_ns: ns(0), until_ns: ns(2), dropped }, { from_ns: ns(5), until_ns: ns(6), dropped: 99 }],
        'work.icmp_ends': rows(refused, (i) => ({ transaction_id: i })),
      });
    expect([await accounted(4, 4), await accounted(5, 4), await accounted(5, null), await accounted(5, 4, 1)]).toEqual([4, 0, 5, 4]);
  });

  const shape = async (losses: GivenRow[], deltas: readonly [number, number] = [0, 1000]) =>
    (await given.rows('work.race_shape', {
      'work.race_losses': losses ,
      'work.wire_twins': [...rows(10, () => ({ one_socket: true, at_once: true })), ...rows(10, () => ({ one_socket: false, at_once: true }))],
      'work.evidence': [{ has_counters: true, insert_failed: 0 }],
      conntrack_deltas: [{ counter: 'insert_failed', from_time: time(deltas[0]), to_time: time(deltas[1]) }],
    }))[0]!;
  const half = { query_reached_server: false, half: true, together: true, pair: false, apart_at_once: false, asked_ns: ns(1) };

  it('takes two sockets for spared where they lose a quarter as often', async () => {
    const spared = async (halves: number) =>
      (await shape([...rows(halves, () => half), ...rows(10, () => ({ ...half, together: false, apart_at_once: true }))]))['spares_two_sockets'];
    expect(await each([39, 40], spared)).toEqual([false, true]);
  });

  it('takes losses for mostly halves from four of ten on', async () => {
    const mostly = async (wholes: number) =>
      (await shape([...rows(4, () => half), ...rows(wholes, () => ({ ...half, half: false, pair: true }))]))['mostly_halves'];
    expect(await each([6, 7], mostly)).toEqual([true, false]);
  });

  it('lets counters stand still where half of the losses lie within their samples', async () => {
    const still = async (within: number) => (await shape(rows(10, (i) => ({ ...half, asked_ns: ns(i < within ? 5 : 50) })), [0, 10]))['counters_still'];
    expect(await each([4, 5], still)).toEqual([false, true]);
  });

  it('takes samples that end within 10 s of the capture for those of its end', async () => {
    const until = async (seconds: number) =>
      (await given.rows('work.client_transactions', {
        'work.wire_transactions': [{ transaction_id: 1, watched_until_ns: ns(100) }],
        sources: [{ kind: 'conntrack-stats', last_time: time(100 + seconds) }],
      }))[0]!['sampled_until_ns'];
    expect(await each([9.9, 10], until)).toEqual([ns(109.9), ns(100)]);
  });
});
