import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { each, ns, rows, time } from '../../../support/either-side.js';
import { GivenModels } from '../../../support/given-models.js';

let given: GivenModels;
beforeAll(async () => {
  given = await GivenModels.open();
});
afterAll(() => given.close());

describe('what logs have of the queries on the wire', () => {
  const joint = (answered: number, missing: number) =>
    given.rows('work.joint_log_coverage', {
      'work.wire_transactions': rows(answered, (i) => ({ transaction_id: i, answer_first_src_id: 1, asked_ns: ns(i), rcode: 0, answers: 1 })),
      'work.log_line_matches': rows(answered, (i) => ({ transaction_id: i, source_id: 1, line: i })).filter(({ line }) => line < 5 || line >= 5 + missing),
    });

  it('takes logs for complete that have 97 of 100 answers', async () => {
    expect(await each([3, 4], async (missing) => (await joint(100, missing))[0]!['is_complete'])).toEqual([true, false]);
  });

  it('says nothing of logs that 20 answers do not show', async () => {
    expect(await each([19, 20], async (answered) => (await joint(answered, 0)).length)).toEqual([0, 1]);
  });

  it('takes a log of five lines for one of several, and counts from when all of them had begun', async () => {
    const counted = async (lines: number) =>
      (
        await given.rows('work.joint_log_coverage', {
          'work.wire_transactions': rows(30, (i) => ({ transaction_id: i, answer_first_src_id: 1, asked_ns: ns(i), rcode: 0, answers: 1 })),
          'work.log_line_matches': [
            ...rows(30, (i) => ({ transaction_id: i, source_id: 1, line: i })),
            ...rows(lines, (i) => ({ transaction_id: 25 + i, source_id: 2, line: i })),
          ],
        })
      ).length;
    expect(await each([4, 5], counted)).toEqual([1, 0]);
  });

  it('takes a log for that of the server of which it has half of the answers', async () => {
    const covered = (matched: number) =>
      given.count('work.log_coverage', {
        'work.log_clocks': [],
        'raw.sources': [{ source_id: 1, first_time: null, last_time: null }],
        'work.wire_transactions': rows(10, (i) => ({ transaction_id: i, answer_first_src_id: 1, answer_first_ns: ns(i), rcode: 0, answers: 1 })),
        'work.log_line_matches': rows(matched, (i) => ({ transaction_id: i, source_id: 1, line: i })),
        'raw.log_queries': rows(matched, (i) => ({ source_id: 1, line: i, time: null })),
      });
    expect(await each([4, 5], covered)).toEqual([0, 1]);
  });

  it.each([
    ['a log of each server', { each_logged: true, from_ns: 0 }, 'until_ns'],
    ['all logs together', { each_logged: false, joint_from_ns: 0 }, 'joint_until_ns'],
  ])('looks for the line of a query that is forwarded 6 s after it, in %s', async (_, covered, until) => {
    const inLog = async (last: number, names: readonly number[]) => {
      const [row] = await given.rows('work.judged_transactions', {
        'work.wire_transactions': [{ transaction_id: 1, server_id: 2, qname_id: 7, asked_ns: ns(100) }],
        'work.server_logs': [{ server_id: 2, ...covered, [until]: ns(last) }],
        'work.cluster_names': names.map((raw_id) => ({ raw_id, below: true })),
      });
      return row!['in_log'];
    };
    expect(await each([105.9, 106], (last) => inLog(last, []))).toEqual([null, false]);
    expect(await each([99.9, 100], (last) => inLog(last, [7]))).toEqual([null, false]);
  });

  it('lets a missing line say nothing of how far a query came while its server answers others late', async () => {
    const reached = async (seconds: number) =>
      (await given.rows('work.judged_transactions', {
        'work.wire_transactions': [{ transaction_id: 1, server_id: 2, qname_id: 7, asked_ns: ns(100) }],
        'work.server_logs': [{ server_id: 2, each_logged: true, from_ns: 0, until_ns: ns(200) }],
        'work.late_but_quick': [1, 2].map((transaction_id) => ({ transaction_id, server_id: 2, asked_ns: ns(seconds) })),
      })).map((row) => row['query_reached_server']);
    expect(await each([109, 119.9, 120], reached)).toEqual([[null], [null], [false]]);
  });

  it.each([
    ['a line with an answer', [{}], true],
    ['a line without one', [{ rcode: null }], false],
    ['a line of a server failure', [{ rcode: 2 }], false],
    // sent again before its answer came: two lines, and two answers
    ['as many lines as answers', [{}, { answered: true }], false],
    ['more lines than answers', [{}, {}, { answered: true }], true],
  ])('takes an answer for lost by %s: %o', async (_, sent: { rcode?: number | null; answered?: boolean }[], lost) => {
    const [row] = await given.rows('work.late_transactions', {
      'work.judged_transactions': [
        ...sent.map(({ answered = false }, i) => ({
          transaction_id: i,
          key: 9,
          qname_id: 7,
          qtype: 1,
          asked_ns: ns(100 + i),
          answered_ns: answered ? ns(102 + i) : null,
          timed: true,
          state: answered ? 'answered' : 'unanswered',
          in_log: true,
          from_forwarder: false,
        })),
        ...(sent.length === 2 ? [{ transaction_id: 9, key: 9, qname_id: 7, qtype: 1, asked_ns: ns(110), answered_ns: ns(110), timed: true, state: 'answered', in_log: false, from_forwarder: false }] : []),
      ],
      'work.log_line_matches': sent.map((_line, i) => ({ transaction_id: i, source_id: 1, line: i })),
      'raw.log_queries': sent.map(({ rcode = 0 }, i) => ({ source_id: 1, line: i, rcode, duration_seconds: 2 })),
    });
    expect(row!['answer_lost']).toBe(lost);
  });

  const matches = (lines: readonly number[], offsets: readonly number[]) =>
    given.count('work.log_line_matches', {
      'raw.log_queries': lines.map((seconds, i) => ({ source_id: 1, line: i, key: 7, time: time(seconds), duration_seconds: 0 })),
      'work.wire_transactions': [{ transaction_id: 1, key: 7, asked_ns: ns(100), answer_first_ns: ns(100) }],
      'work.log_clocks': offsets.map((seconds) => ({ source_id: 1, ns: ns(seconds), offset_ns: 0 })),
      'work.translated_keys': [],
    });

  it('takes a line 1.5 s away for one of a sending that no capture shows', async () => {
    expect(await each([101.49, 101.5], (seconds) => matches([seconds], [0]))).toEqual([1, 0]);
  });

  it('brings lines and sendings of one key together up to 15 s apart', async () => {
    expect(await each([114.9, 115], (seconds) => matches([seconds, 500], []))).toEqual([1, 0]);
  });
});
