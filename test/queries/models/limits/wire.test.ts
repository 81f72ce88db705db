import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { each, ns, rows, time, type GivenRow } from '../../../support/either-side.js';
import { rawTablesOf } from '../../../support/seen-messages.js';
import { GivenModels } from '../../../support/given-models.js';

let given: GivenModels;
beforeAll(async () => {
  given = await GivenModels.open();
});
afterAll(() => given.close());

describe('what captures can see', () => {
  it('tells an answer that came to the client from another address than was asked', async () => {
    const sent = { key: 1, attempt: 1, client_id: 1, server_id: 2, source_id: 1, interface_id: 5, answer_source_id: 1, answer_interface_id: 5, qname_id: 1, asked_ns: 0 };
    const other = async (sending: GivenRow) =>
      (await given.rows('temp.undelivered', {
        'temp.sendings': [{ ...sent, answer_src_id: 3, ...sending }],
        'work.capture_nodes': [{ source_id: 1, capture_id: 1 }, { source_id: 2, capture_id: 2 }],
        'work.client_captures': [],
      }))[0]!['from_other'];
    const cases: readonly [GivenRow, boolean][] = [
      [{ direction: 0, answer_direction: 0, copies: 1 }, true],
      [{ direction: 1, answer_direction: 5, copies: 2 }, true],
      // on its way to where it is translated
      [{ direction: 1, answer_direction: 1, copies: 2 }, false],
      [{ direction: 0, answer_direction: 0, copies: 2 }, false],
      [{ direction: 1, answer_direction: 5, copies: 2, answer_interface_id: 6 }, false],
      [{ direction: 1, answer_direction: 5, copies: 2, answer_source_id: 2 }, false],
      [{ direction: 1, answer_direction: 5, copies: 2, answer_src_id: null }, false],
    ];
    const told = await each(cases.map(([sending]) => sending), other);
    expect(told).toEqual(cases.map(([, is]) => is));
  });

  it('takes a way for seen that nine of ten answered queries show', async () => {
    const known = async (seen: number) =>
      (await given.rows('work.evidence', { 'work.visibility': [{ answered: 10, query_seen_further: seen }] }))[0]!['reach_known'];
    expect(await each([8, 9], known)).toEqual([0, 1]);
  });

  const holes = (queries: number, missing: number) =>
    given.count('work.capture_holes', {
      'temp.sendings': rows(queries, (i) => ({
        source_id: 1, client_id: 1, server_id: 2, answer_src_id: 3, answer_first_src_id: 3, protocol: 0, asked_ns: ns(i), frame: i, copies: i % 2 === 1 && i < 2 * missing ? 1 : 2,
      })),
      'work.captures': [{ source_id: 1, capture_id: 1, place: 1 }],
    });

  it('takes three missing legs for holes, and one of a thousand', async () => {
    expect(await each([2, 3], (missing) => holes(100, missing))).toEqual([0, 1]);
    expect(await each([1501, 1500], (queries) => holes(queries, 3))).toEqual([0, 1]);
  });

  const judged = async (cut: number, named: number) =>
    (await given.rows('work.evidence', {
      'work.cut_queries': rows(cut, (i) => ({ frame: i })),
      'work.wire_transactions': rows(named, (i) => ({ transaction_id: i, client_id: 1, server_id: 2, state: 'answered', source_id: 1, timed: true })),
      'work.captures': [{ source_id: 1 }],
    }))[0]!;

  it('judges by nothing that a capture shows where the names of one in ten queries are cut off', async () => {
    expect(await each([91, 90], async (named) => (await judged(10, named))['judged'])).toEqual([91, 0]);
    expect(await judged(10, 90)).toMatchObject({ queries: 90, timed: 0, cut_queries: 10 });
    expect(await judged(0, 0)).toMatchObject({ judged: 0, cut_queries: 0 });
  });

  /** Two captures that both saw some packets, the second so many seconds later. */
  const clocks = async (packets: number, apart: number, others = 0) => {
    const found = await given.rows('work.capture_clocks', {
      'work.captures': [1, 2].map((id) => ({ source_id: id, capture_id: id, from_ns: 0, until_ns: ns(100) })),
      ...rawTablesOf(`select source_id, i as key, 7 as ip_id, false as is_response, 0 as protocol, 1 as txid, make_timestamp_ns((i * 1000000 + if(source_id = 2, ${ns(apart)}, 0))::BIGINT) as time
        from range(1, ${packets + 1}) as p(i), range(1, 3) as s(source_id)
        union all select 1, i + 1000, 7, false, 0, 2, make_timestamp_ns(i) from range(1, ${others + 1}) as p(i)`),
    });
    return Math.max(...found.map(({ ahead_ns }) => Math.abs(ahead_ns as number)));
  };

  it('brings clocks together from 20 ms on, where five packets show them', async () => {
    expect(await each([0.019, 0.02], (apart) => clocks(5, apart))).toEqual([0, ns(0.02)]);
    expect(await each([4, 5], (packets) => clocks(packets, 1))).toEqual([0, ns(1)]);
  });

  it('compares clocks by a sample from twice 200,000 messages on', async () => {
    expect(await each([399_989, 399_990], (others) => clocks(5, 1, others))).toEqual([ns(1), 0]);
  });

  const files = async (gap: number, set: string | null) =>
    new Set(
      (
        await given.rows('work.captures', {
          'raw.sources': [0, 100 + gap].map((seconds, i) => ({
            source_id: i, kind: 'pcap', is_capture: true, path: `f${i}`, rotation_set: set, rotation_place: set === null ? null : i, first_time: time(seconds), last_time: time(seconds + 100),
          })),
        })
      ).map(({ capture_id }) => capture_id),
    ).size;

  it('lets a file go on from another over 2 s, and over a minute where their names count on', async () => {
    expect(await each([2, 2.1], (gap) => files(gap, null))).toEqual([1, 2]);
    expect(await each([60, 61], (gap) => files(gap, 'node'))).toEqual([1, 2]);
  });

  it('takes files that overlap by what clocks of interfaces disagree, 0.1 ms, for one capture', async () => {
    const captures = async (overlap: number) =>
      new Set(
        (
          await given.rows('work.captures', {
            'raw.sources': [0, 1].map((i) => ({
              source_id: i, kind: 'pcap', is_capture: true, path: `f${i}`, rotation_set: null, rotation_place: null, first_time: time(1), last_time: time(1 + overlap * (i + 1)),
            })),
          })
        ).map(({ capture_id }) => capture_id),
      ).size;
    expect(await each([0.000_095, 0.000_105], captures)).toEqual([1, 2]);
  });

  it('takes messages of a key over 0.2 s apart for sendings of their own', async () => {
    const repeated = (apart: number) =>
      given.count('temp.doubtful_keys', { 'work.seen_messages': [0, apart].map((seconds) => ({ key: 1, is_response: false, protocol: 0, hop_limit: 64, time: time(seconds) })) });
    expect(await each([0.2, 0.201], repeated)).toEqual([0, 1]);
  });

  it('lets an answer seem to come 50 us before the first sending, and no more', async () => {
    const kept = async (before: number) =>
      (
        await given.rows('work.attempts', {
          ...rawTablesOf(`select 7 as key, is_response, 0 as protocol, src_id, dst_id, 64 as hop_limit, id as ip_id, 1 as source_id, make_timestamp_ns(ns::BIGINT) as time
            from (values (false, 1, 2, 5, 1000000000), (false, 1, 2, 6, 6000000000), (true, 2, 1, 7, 1000000000 - ${before})) as m(is_response, src_id, dst_id, id, ns)`),
          'temp.doubtful_keys': [{ key: 7, repeated: true, lowered: false }],
          'work.address_ids': [1, 2].map((id) => ({ raw_id: id, address_id: id })),
        })
      ).length;
    expect(await each([50_000, 51_000], kept)).toEqual([3, 2]);
  });

  it('takes what comes 0.2 s after a good answer to the last sending for none of it', async () => {
    const last = async (after: number, rcode: number, hop: number) =>
      (
        await given.rows('work.attempts', {
          ...rawTablesOf(`select 7 as key, src_id = 2 as is_response, 0 as protocol, src_id, 3 - src_id as dst_id, hop as hop_limit, id as ip_id, 1 as source_id, rcode as shape_id, id as frame, make_timestamp_ns(ns::BIGINT) as time
            from (values (1, 64, 5, 0, 1e9), (1, 64, 6, 0, 2e9), (2, 62, 7, 2, 1.9e9), (2, 62, 8, ${rcode}, 2.1e9), (2, ${hop}, 9, 2, 2.1e9 + ${ns(after)})) as m(src_id, hop, id, rcode, ns)`),
          'raw.shapes': [0, 2].map((rcode) => ({ shape_id: rcode, rcode })),
          'temp.doubtful_keys': [{ key: 7, repeated: true, lowered: false }],
          'work.address_ids': [1, 2].map((id) => ({ raw_id: id, address_id: id })),
        })
      ).map(({ attempt }) => Number(attempt)).sort((a, b) => a - b);
    expect(await each([0.19, 0.2], (after) => last(after, 0, 62))).toEqual([[1, 1, 2, 2, 2], [-3, 1, 1, 2, 2]]);
    // after an error it may be what the resolver waits for; and where the answer was seen no nearer to the client, it is what the client got
    expect(await last(0.5, 2, 62)).toEqual([1, 1, 2, 2, 2]);
    expect(await last(0.5, 0, 61)).toEqual([1, 1, 2, 2, 2]);
  });

  it('takes a packet 50 ms after another of its ids for that one, translated', async () => {
    const translated = (after: number) =>
      given.count('work.translated_keys', {
        ...rawTablesOf([0, after].map((seconds, i) => `select 1 as source_id, ${i} as frame, ${i + 1} as key, 7 as txid, 9 as ip_id, 1 as qtype, 1 as qname_id, false as is_response, 0 as protocol,
          ${64 - i} as hop_limit, make_timestamp_ns(${ns(10 + seconds)}) as time`).join(' union all ')),
        'temp.doubtful_keys': [{ key: 2, repeated: false, lowered: true }],
        'work.name_ids': [{ raw_id: 1, name_id: 1, name: 'www.example.org' }],
        'work.source_ranks': [{ source_id: 1, source_rank: 1 }],
      });
    expect(await each([0.05, 0.051], translated)).toEqual([1, 0]);
  });

  it('brings ICMP errors to what they quote, up to 30 s after it, and 5 s before it by the clock of another capture', async () => {
    const quoted = (after: number, source: number) =>
      given.count('work.icmp_quotes', {
        'raw.icmp_errors': [{ source_id: 1, frame: 1, time: time(100 + after), version: 4, type: 3, code: 3, key: 7, src_id: 1, dst_id: 1, quoted_src_id: 1, quoted_dst_id: 1, of_response: false }],
        'work.wire_transactions': [{ transaction_id: 1, key: 7, source_id: source, asked_ns: ns(100) }],
        'work.address_ids': [{ raw_id: 1, address_id: 1, address: '10.0.0.1' }],
      });
    expect(await each([30, 30.1], (after) => quoted(after, 1))).toEqual([1, 0]);
    expect(await each([-5.1, -5], (after) => quoted(after, 2))).toEqual([0, 1]);
    expect(await each([-0.002, -0.001], (after) => quoted(after, 1))).toEqual([0, 1]);
  });
});
