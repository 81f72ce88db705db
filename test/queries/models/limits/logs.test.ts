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
