import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { each, ns } from '../../../support/either-side.js';
import { GivenModels } from '../../../support/given-models.js';

let given: GivenModels;
beforeAll(async () => {
  given = await GivenModels.open();
});
afterAll(() => given.close());

describe('walks and their steps', () => {
  it('takes a large answer asked again within 5 ms for the same lookup', async () => {
    const lookups = async (after: number) =>
      new Set(
        (
          await given.rows('work.lookup_steps', {
            'work.wire_steps': [0, 1 + after].map((seconds, i) => ({ step_id: i + 1, client_id: 1, qname_id: 1, started_ns: ns(seconds), ended_ns: ns(seconds + 1), answer_bytes: 2000 })),
            'work.walks': [],
            'work.forwarders': [],
          })
        ).map(({ lookup_id }) => lookup_id),
      ).size;
    expect(await each([0.005, 0.006], lookups)).toEqual([1, 2]);
  });

  const step = { client_id: 1, base_id: 1, first_place: 1, last_place: 3 };

  const walk = (before: { outcome: string; active: number; ended: number }, started: number, near: [from: number, until: number] | null = [0, 1000]) =>
    given.count('temp.walk_links', {
      'temp.near_times': near === null ? [{ client_id: 1, near_from_ns: null, near_until_ns: null }] : [{ client_id: 1, near_from_ns: ns(near[0]), near_until_ns: ns(near[1]) }],
      'temp.walk_places': [
        { ...step, step_id: 1, place: 1, started_ns: 0, active_ns: ns(before.active), ended_ns: ns(before.ended), outcome: before.outcome },
        { ...step, step_id: 2, place: 2, started_ns: ns(started), active_ns: ns(started), ended_ns: ns(started + 0.01), outcome: 'answered' },
      ],
    });

  it('lets a walk go on within a second, or 2.5 s where the end of the step is not seen', async () => {
    expect(await each([10.99, 11], (started) => walk({ outcome: 'negative', active: 0, ended: 10 }, started))).toEqual([1, 0]);
    expect(await each([12.49, 12.5], (started) => walk({ outcome: 'unknown', active: 0, ended: 10 }, started))).toEqual([1, 0]);
  });

  it('lets the walk of a client that is seen from afar alone go on within 50 ms', async () => {
    const before = { outcome: 'negative', active: 0, ended: 10 };
    expect(await each([10.049, 10.05], (started) => walk(before, started, null))).toEqual([1, 0]);
    // before it was first seen on its own host, and after it was last seen there
    expect(await each([10.2, 10.21], (from) => walk(before, 10.5, [from, 99]))).toEqual([1, 0]);
    expect(await each([10.3, 10.29], (until) => walk(before, 10.5, [0, until]))).toEqual([1, 0]);
  });

  it('sees a client on its own host from its first query without a hop behind it to its last, in all captures', async () => {
    // two captures, each with ids of its own; in the first clients 1 and 2, in the second client 2 on its own host, and one without hop limits
    const pairs: [number, number][] = [
      [1, 1],
      [2, 2],
      [3, 2],
      [4, 4],
    ];
    const ids = pairs.map(([raw_id, address_id]) => ({ raw_id, address_id, address: `10.0.0.${address_id}` }));
    const seen = (second: number, src_id: number, hop_limit: number | null, is_response = false) => ({ time: `2026-01-02T03:04:0${second}`, src_id, hop_limit, is_response });
    const times = await given.rows('temp.near_times', {
      'work.address_ids': ids,
      'work.seen_messages': [seen(1, 1, 62), seen(2, 1, 63), seen(3, 1, 64, true), seen(1, 2, 62), seen(2, 3, 64), seen(3, 3, 64), seen(4, 3, 63), seen(5, 4, 0)],
    });
    const at = (second: number) => Date.parse(`2026-01-02T03:04:0${second}Z`) * 1e6;
    expect(times.sort((a, b) => Number(a['client_id']) - Number(b['client_id']))).toEqual([
      { client_id: 1, near_from_ns: null, near_until_ns: null },
      { client_id: 2, near_from_ns: at(2), near_until_ns: at(3) },
      { client_id: 4, near_from_ns: at(5), near_until_ns: at(5) },
    ]);
  });

  it('lets a step begin 0.3 s before one timed out whose wait is not known', async () => {
    expect(await each([9.7, 9.69], (started) => walk({ outcome: 'unanswered', active: 1, ended: 10 }, started))).toEqual([1, 0]);
  });

  it('lets a step begin up to 50 ms after the last query of one that was given up', async () => {
    expect(await each([10.049, 10.05], (started) => walk({ outcome: 'unanswered', active: 10, ended: 99 }, started))).toEqual([1, 0]);
  });

  it('lets a step begin 5 s after the last query of one, 50 ms less or 0.25 s more', async () => {
    const links = await each([4.94, 4.95, 5.25, 5.26], (wait) => walk({ outcome: 'unanswered', active: 10, ended: 99 }, 10 + wait));
    expect(links).toEqual([0, 1, 1, 0]);
  });

  it('takes a step for the next of a walk within 50 ms, or 2.5 s where its end is not seen', async () => {
    const names = ['db.default.svc.cluster.local', 'db.svc.cluster.local'];
    const followed = (outcome: string, after: number) =>
      given.count('work.observed_suffixes', {
        'work.wire_steps': [0, 1 + after].map((seconds, i) => ({ step_id: i, client_id: 1, qname_id: i, started_ns: ns(seconds), ended_ns: ns(seconds + 1), outcome, address_lookup: true })),
        'work.name_ids': names.map((name, i) => ({ raw_id: i, name_id: i, name })),
        'work.forwarders': [],
      });
    expect(await each([0.05, 0.051], (after) => followed('negative', after))).toEqual([1, 0]);
    expect(await each([2.5, 2.51], (after) => followed('unknown', after))).toEqual([1, 0]);
  });
});
