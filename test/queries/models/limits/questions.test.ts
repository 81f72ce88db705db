import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { each, ns, rows, type GivenRow } from '../../../support/either-side.js';
import { GivenModels } from '../../../support/given-models.js';

let given: GivenModels;
beforeAll(async () => {
  given = await GivenModels.open();
});
afterAll(() => given.close());

describe('questions and pairs', () => {
  it('takes the same query to another server within 0.1 s for a copy', async () => {
    const copies = async (apart: number) =>
      (
        await given.rows('work.question_attempts', {
          'temp.question_links': rows(2, (i) => ({ transaction_id: i, question_id: 1 })),
          'work.client_transactions': [0, apart].map((seconds, i) => ({ transaction_id: i, txid: 7, client_port: 4000, server_id: i, asked_ns: ns(seconds), state: 'answered' })),
        })
      ).filter(({ copy }) => copy).length;
    expect(await each([0.099, 0.1], copies)).toEqual([1, 0]);
  });

  const pair = (apart: number, ports: readonly [number, number], ended: number | null) =>
    given.rows('work.wire_twins', {
      'work.wire_questions': [0, apart].map((seconds, i) => ({
        question_id: i, client_id: 1, client_port: ports[i]!, qname_id: 1, qtype: i === 0 ? 1 : 28, asked_ns: ns(seconds), ended_ns: ended === null ? null : ns(seconds + ended),
      })),
    });

  it('takes both halves for asked at once below 0.1 s', async () => {
    expect(await each([0.099, 0.1], async (apart) => (await pair(apart, [4000, 4000], 1))[0]!['at_once'])).toEqual([true, false]);
  });

  it('says of no pair whether it left from one socket where the evidence tells no ports', async () => {
    expect(await each([4000, 0], async (port) => (await pair(0.001, [port, port], 1))[0]!['one_socket'])).toEqual([true, null]);
  });

  it('takes an AAAA for the other half up to 12 s after an A of its socket whose end is not seen', async () => {
    expect(await each([12, 12.1], async (apart) => (await pair(apart, [4000, 4000], null)).length)).toEqual([1, 0]);
  });

  it('takes an AAAA from another socket for the other half up to 0.25 s after', async () => {
    expect(await each([0.25, 0.26], async (apart) => (await pair(apart, [4000, 4001], null)).length)).toEqual([1, 0]);
  });

  const query = { client_id: 1, client_port: 4000, server_id: 2, qname_id: 1, qtype: 1, protocol: 0, truncated: false, open_at_end: false };

  const linked = (first: GivenRow, next: GivenRow) =>
    given.count('temp.question_links', {
      'work.client_transactions': [
        { ...query, transaction_id: 1, txid: 1, asked_ns: 0, state: 'unanswered', ...first },
        { ...query, transaction_id: 2, txid: 2, state: 'answered', rcode: 0, ...next },
      ] ,
      'work.configured_search': [],
    });

  it('takes a query 5 s after an unanswered one for its retry, up to 0.15 s late on its socket and 0.1 s from another', async () => {
    expect(await each([5.149, 5.16], (after) => linked({}, { asked_ns: ns(after) }))).toEqual([2, 0]);
    expect(await each([5.09, 5.11], (after) => linked({}, { client_port: 4001, asked_ns: ns(after) }))).toEqual([2, 0]);
  });

  it('takes a query within 30 ms of an unanswered one for an answer to an error of its host', async () => {
    expect(await each([0.03, 0.031], (after) => linked({}, { client_port: 4001, asked_ns: ns(after) }))).toEqual([2, 0]);
  });

  it('takes the same id within 31 s for the same question', async () => {
    expect(await each([31, 31.01], (after) => linked({}, { txid: 1, asked_ns: ns(after) }))).toEqual([2, 0]);
  });

  it('takes TCP within 0.1 s of a truncated answer for what follows it', async () => {
    const truncated = { state: 'answered', rcode: 0, truncated: true, answered_ns: ns(1) };
    expect(await each([1.1, 1.11], (after) => linked(truncated, { protocol: 1, client_port: 4001, asked_ns: ns(after) }))).toEqual([2, 0]);
  });

  const unheard = (after: number[], txid = 2, others: GivenRow[] = [], first: GivenRow = {}) => {
    const sending = { source_id: 1, client_id: 1, qname_id: 1, qtype: 1, attempt: 1 };
    const again = after.map((seconds, i) => ({ ...sending, key: 2 + i, txid, asked_ns: ns(10 + seconds) }));
    return given.count('temp.unheard', {
      'temp.undelivered': [{ key: 1, attempt: 1 }],
      'temp.sendings': [{ ...sending, key: 1, txid: 1, asked_ns: ns(10), ...first }, ...again, ...others],
      'work.captures': [{ source_id: 1, capture_id: 1 }],
      'work.capture_holes': [{ capture_id: 1 }],
    });
  };

  it('takes an answer for heard that no retry on a whole second follows, up to 11 s on', async () => {
    expect(await each([5.009, 5.011], (after) => unheard([after]))).toEqual([0, 1]);
    expect(await each([11, 12], (after) => unheard([after]))).toEqual([0, 1]);
    expect(await each([30.9, 31], (after) => unheard([after], 1))).toEqual([0, 1]);
  });

  it('takes no whole second for a retry of a client that asks so for one in 200 that were answered', async () => {
    const habit = (answered: number) =>
      rows(answered, (i) => ({ source_id: 1, client_id: 1, qname_id: i === 0 ? 1000 : 999 + i, qtype: 1, attempt: 1, key: 1000 + i, txid: i, asked_ns: ns(i === 0 ? 50 : 49 + 3 * i) }));
    expect(await each([200, 199], (answered) => unheard([5], 2, habit(answered)))).toEqual([0, 1]);
  });

  it('takes the same id for a retry of a name that is asked for up to 60 times within 31 s', async () => {
    const others = (times: number) =>
      rows(times, (i) => ({ source_id: 1, client_id: 1, qname_id: 1, qtype: 1, attempt: 1, key: 100 + i, txid: 100 + i, asked_ns: ns(10.3 + i * 0.3) }));
    expect(await each([58, 59], (times) => unheard([5], 1, others(times)))).toEqual([0, 1]);
  });

  it('takes nothing for a retry that is asked before the answer leaves, or at once after an error', async () => {
    const again = (first: GivenRow) => unheard([5], 1, [], first);
    expect(await each([14.9, 15.1], (left) => again({ answer_first_ns: ns(left), rcode: 0 }))).toEqual([0, 1]);
    expect(await each([14, 14.2], (left) => again({ answer_first_ns: ns(left), rcode: 2 }))).toEqual([0, 1]);
  });

  it('takes no whole second for a retry of a name that is asked for more than five times meanwhile', async () => {
    const often = (times: number) => unheard([5, ...Array.from({ length: times - 1 }, (_, i) => 6.1 + i * 0.2)]);
    expect(await each([5, 6], often)).toEqual([0, 1]);
  });
});

describe('answers that passed and were asked for again', () => {
  const unheeded = (again: GivenRow, twin: GivenRow | null = null, first: GivenRow = {}) => {
    const sent = { client_id: 1, client_port: 7, txid: 9, state: 'answered', rcode: 0, truncated: false, timed: true };
    return given.count('work.unheeded_answers', {
      'work.question_attempts': [1, 2].map((id) => ({ transaction_id: id, question_id: 1, attempt: id })),
      'work.client_transactions': [
        { ...sent, transaction_id: 1, asked_ns: ns(10), answered_ns: ns(10.001), ...first },
        { ...sent, transaction_id: 2, asked_ns: ns(15), answered_ns: ns(15.001), ...again },
      ],
      'work.wire_twins': twin === null ? [] : [{ a_id: 1, aaaa_id: 5 }],
      'work.wire_questions': twin === null ? [] : [{ question_id: 5, ...twin }],
      'work.question_lookups': [{ question_id: 1, lookup_id: 3 }],
    });
  };

  it("are those whose client sent the query again at its resolver's timer, from the same socket with the same id", async () => {
    expect(await unheeded({})).toBe(1);
    expect(await unheeded({ client_port: 8 })).toBe(0);
    expect(await unheeded({ txid: 8 })).toBe(0);
    expect(await unheeded({}, null, { rcode: 2 })).toBe(0);
    expect(await unheeded({}, null, { truncated: true })).toBe(0);
    expect(await each([10.5, 11, 12.5, 15.01, 15.011], (asked) => unheeded({ asked_ns: ns(asked) }))).toEqual([0, 1, 1, 0, 0]);
  });

  it('are none where the other half of the pair was missing, for which glibc sends both again', async () => {
    expect(await unheeded({}, { first_state: 'answered', asked_ns: ns(10) })).toBe(1);
    expect(await unheeded({}, { first_state: 'unanswered', asked_ns: ns(10) })).toBe(0);
    expect(await unheeded({}, { first_state: 'unanswered', asked_ns: ns(15) })).toBe(1);
  });
});
