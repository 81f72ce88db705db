import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { each, ns, rows } from '../../../support/either-side.js';
import { GivenModels } from '../../../support/given-models.js';

let given: GivenModels;
beforeAll(async () => {
  given = await GivenModels.open();
});
afterAll(() => given.close());

describe('upstreams', () => {
  it('counts what goes to an upstream within a second', async () => {
    const most = async (apart: number) =>
      (await given.rows('work.upstream_rates', {
        'work.upstream_queries': [0, apart].map((seconds, i) => ({ transaction_id: i, source_id: 1, asked_ns: ns(seconds), state: 'answered' })),
        'work.captures': [{ source_id: 1, capture_id: 1 }],
      }))[0]!['rate'];
    expect(await each([1, 1.01], most)).toEqual([2, 1]);
  });

  /** `quick` answers on each side of a row of `stalled` queries, in so many zones; some of those before were lost too, each by itself. */
  const stalls = (by: { quick?: number; stalled?: number; zones?: number; missed?: number; after?: number }) => {
    const { quick = 10, stalled = 5, zones = 2, missed = 0 } = by;
    const after = by.after ?? quick;
    const states = [...rows(missed, () => [false, true]).flat(), ...rows(quick - missed, () => true), ...rows(stalled, () => false), ...rows(after, () => true)];
    return given.count('work.stalled_queries', {
      'work.upstream_queries': states.map((answered, i) => ({
        transaction_id: i, upstream_id: 1, zone: `z${i % zones}`, asked_ns: i, state: answered ? 'answered' : 'unanswered', missed: !answered, seconds: answered ? 0.01 : null,
      })),
    });
  };

  it('takes five queries in a row for a stall, with three answers before and after, of two zones', async () => {
    expect(await each([4, 5], (stalled) => stalls({ stalled }))).toEqual([0, 5]);
    expect(await each([2, 3], (quick) => stalls({ quick, after: 10 }))).toEqual([0, 5]);
    expect(await each([1, 2], (zones) => stalls({ zones }))).toEqual([0, 5]);
  });

  it('takes a stall from the beginning of the evidence for one too, and not one that lasts to its end', async () => {
    expect(await each([0, 1], (quick) => stalls({ quick, after: 10 }))).toEqual([5, 0]);
    expect(await stalls({ after: 0 })).toBe(0);
  });

  it('misses an answer that is not there after the 2 s that a forwarder waits, where the evidence goes on so long', async () => {
    const missed = async (waited: number, open_at_end = true) =>
      (await given.rows('work.upstream_queries', {
        'work.judged_transactions': [{ transaction_id: 1, client_id: 1, server_id: 2, qname_id: 1, state: 'unknown', from_forwarder: true, open_at_end, asked_ns: 0, watched_until_ns: ns(waited) }],
        'work.name_ids': [{ raw_id: 1, name: 'www.example.org' }],
      }))[0]!['missed'];
    expect([await missed(1.89), await missed(1.9), await missed(9, false)]).toEqual([false, true, false]);
  });

  it('misses no answer that was seen on its way to the forwarder', async () => {
    const [query] = await given.rows('work.upstream_queries', {
      'work.judged_transactions': [{ transaction_id: 1, client_id: 1, server_id: 2, qname_id: 1, state: 'unanswered', response_left_server: true, from_forwarder: true, open_at_end: false, asked_ns: 0, watched_until_ns: ns(9) }],
      'work.name_ids': [{ raw_id: 1, name: 'www.example.org' }],
    });
    expect(query).toMatchObject({ reply_lost: true, missed: false });
  });

  it('tells lines of a log that lie 15 s from all captures, which say nothing of those', async () => {
    const captures = [
      { source_id: 1, from_ns: ns(1000), until_ns: ns(1060) },
      { source_id: 2, from_ns: ns(1010), until_ns: ns(1070) },
    ];
    const at = (second: number) => new Date(second * 1000).toISOString().replace('Z', '');
    const elsewhen = async (model: string, event: object, second: number | null, among = captures) =>
      (
        await given.rows(model, {
          'raw.log_events': [{ source_id: 9, line: 1, count: 1, message: '', ...event, time: second === null ? null : at(second) }],
          'work.captures': among,
        })
      )[0]!['elsewhen'];
    for (const [model, event] of [
      ['work.upstream_failures', { event: 'upstream-error', reason: 'i/o timeout' }],
      ['work.api_troubles', { event: 'kubernetes-api', message: 'unsynced Kubernetes API' }],
    ] as const) {
      expect(await each([984, 985, 1085, 1086], (second) => elsewhen(model, event, second))).toEqual([true, false, false, true]);
      expect([await elsewhen(model, event, null), await elsewhen(model, event, 1, [])]).toEqual([false, false]);
    }
  });

  it('takes no row for a stall that losses as often make once in a thousand captures', async () => {
    // five in a row, where two more of 20 and of 22 were lost
    expect(await each([9, 10], (quick) => stalls({ quick, missed: 2 }))).toEqual([0, 5]);
  });

  const CLUSTER = [{ zone: 'cluster.local' }];

  it('takes a suffix for one of a search list that two names have', async () => {
    const suffixes = (names: number) => {
      const bases = rows(names, (i) => `www.site${i}.com`);
      const logged = bases.flatMap((base) => [`${base}.svc.cluster.local`, `${base}.corp.example`]);
      return given.count('work.foreign_suffixes', {
        'work.name_ids': logged.map((name, i) => ({ raw_id: i, name_id: i, name })),
        'raw.log_queries': logged.map((_, i) => ({ qname_id: i, rcode: 3 })),
        'work.cluster_zones': CLUSTER,
        'work.client_search': [],
      });
    };
    expect(await each([1, 2], suffixes)).toEqual([0, 1]);
  });

  const forwarded = async (seconds: number, again: number) =>
    (await given.rows('work.forwarded_answers', {
      'work.judged_transactions': [0, again].map((asked, i) => ({
        transaction_id: i, qname_id: 1, qtype: 1, state: 'answered', timed: true, from_forwarder: false, rcode: 0, asked_ns: ns(asked), answered_ns: ns(asked + seconds),
      })),
      'work.name_ids': [{ raw_id: 1, name_id: 1, name: 'www.example.org' }],
      'work.cluster_zones': CLUSTER,
    }))[0]!['on_wire'];

  it('counts a name that needs an upstream once in the 30 s that a cache keeps it, and answers below half a second', async () => {
    expect(await each([29.9, 30], (again) => forwarded(0.1, again))).toEqual([1, 2]);
    expect(await each([0.49, 0.5], (seconds) => forwarded(seconds, 0))).toEqual([1, 0]);
  });

  const large = async (sizes: readonly number[]) =>
    (await given.rows('work.large_losses', {
      'work.sized_losses': sizes.map((bytes, i) => ({ transaction_id: i, bytes })),
      'work.judged_transactions': rows(20, (i) => ({ transaction_id: 100 + i, state: 'answered', protocol: 0, from_forwarder: false, answer_bytes: 90 })),
    }))[0]!;

  it('calls an answer large from 1,200 octets on', async () => {
    expect(await each([1199, 1200], async (bytes) => (await large([bytes]))['large_lost'])).toEqual([0, 1]);
  });

  it('takes losses for those of size where four of five were large', async () => {
    const only = async (small: number) => (await large([...rows(8, () => 1500), ...rows(small, () => 80)]))['only_large'];
    expect(await each([2, 3], only)).toEqual([true, false]);
  });
});
