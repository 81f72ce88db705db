import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { each, ns, rows } from '../../../support/either-side.js';
import { GivenModels } from '../../../support/given-models.js';

let given: GivenModels;
beforeAll(async () => {
  given = await GivenModels.open();
});
afterAll(() => given.close());

describe('servers that are gone', () => {
  it('takes three questions for which a nameserver was silent', async () => {
    const dead = (questions: number) =>
      given.count('work.dead_nameservers', {
        'work.judged_transactions': rows(questions, (i) => [
          { transaction_id: 2 * i, client_id: 1, server_id: 1, state: 'unanswered', asked_ns: ns(i), from_forwarder: false },
          { transaction_id: 2 * i + 1, client_id: 1, server_id: 2, state: 'answered', asked_ns: ns(i + 5), from_forwarder: false, answer_src_id: 2 },
        ]).flat(),
        'work.question_attempts': rows(2 * questions, (i) => ({ transaction_id: i, question_id: i >> 1, attempt: (i % 2) + 1 })),
        'work.address_ids': [{ raw_id: 1, address: '10.96.0.10' }],
      });
    expect(await each([2, 3], dead)).toEqual([0, 1]);
  });

  const silences = (flows: number, refused: number) =>
    given.count('work.silences', {
      'work.judged_transactions': [{ server_id: 1, answer_first_src_id: 2, answer_first_ns: ns(1), asked_ns: ns(1), client_id: 9, client_port: 9, from_forwarder: false }],
      'work.service_members': [{ server_id: 1, backend_id: 2, address: '10.1.0.2' }],
      'work.lost_targets': rows(flows, (i) => ({
        transaction_id: i, server_id: 1, backend_id: 2, address: '10.1.0.2', client_id: 1, client_port: i, asked_ns: ns(2), open: false, addressed: true, refused: i < refused,
      })),
    });

  it('takes three flows that were lost for a silence, or one that was refused', async () => {
    expect(await each([2, 3], (flows) => silences(flows, 0))).toEqual([0, 1]);
    expect(await silences(1, 1)).toBe(1);
  });

  const empty = (seconds: number, lost: number) =>
    given.count('work.empty_services', {
      'work.silences': [{ server_id: 1, seconds, lost, answered_late: 1, refused_before: 1, lost_flows: 3 }],
      'work.service_members': [{ server_id: 1, backend_id: 2 }],
      'work.judged_transactions': [],
    });

  it('takes half a second of silence, and four lost queries for each late answer', async () => {
    expect(await each([0.49, 0.5], (seconds) => empty(seconds, 9))).toEqual([0, 1]);
    expect(await each([3, 4], (lost) => empty(9, lost))).toEqual([0, 1]);
  });

  const dead = (lost: number, others: number, otherFlows: number) =>
    given.count('work.dead_backends', {
      'work.silences': [{ server_id: 1, backend_id: 5, address: '10.1.0.2', seconds: 0.4, other_flows: otherFlows, others, answered_late: 0 }],
      'work.lost_targets': rows(lost, (i) => ({ transaction_id: i, server_id: 1, backend_id: 5, address: '10.1.0.2', client_id: 1, client_port: i, asked_ns: ns(i), open: false, refused: false, addressed: false })),
      'work.address_ids': [{ raw_id: 1, address: '10.96.0.10' }],
    });

  it('takes a server for left out where chance would do so once in a thousand times', async () => {
    // answered by 3 others 24 times; by 4 others 31 times
    expect(await dead(7, 3, 24)).toBe(0);
    expect(await dead(7, 4, 31)).toBe(1);
  });

  it('takes a server for dead that lost three tenths of the flows that chance sends it', async () => {
    expect(await dead(14, 1, 86)).toBe(0);
    expect(await dead(15, 1, 85)).toBe(1);
  });

  it('takes what was asked a second before a server went for lost with it', async () => {
    const lost = (before: number) =>
      given.count('work.silent_losses', {
        'work.lost_targets': [{ transaction_id: 1, server_id: 1, asked_ns: ns(100 - before) }],
        'work.empty_services': [{ server_id: 1, from_ns: ns(100) }],
      });
    expect(await each([1, 1.01], lost)).toEqual([1, 0]);
  });

  const stale = ({ questions = 3, seconds = 2, others = 10, lost = 0 }) =>
    given.count('work.stale_flows', {
      'work.losses': [
        ...rows(questions, (i) => ({ transaction_id: i, question_id: i, server_id: 1, client_id: 1, client_port: 4000, asked_ns: ns(100 + (i * seconds) / (questions - 1)) })),
        ...rows(lost, (i) => ({ transaction_id: 1000 + i, question_id: 1000 + i, server_id: 1, client_id: 2, client_port: 9000 + i, asked_ns: ns(101) })),
      ],
      'work.judged_transactions': rows(others, (i) => ({
        transaction_id: 100 + i, server_id: 1, client_id: 2, client_port: 5000 + i, asked_ns: ns(101), answer_first_ns: ns(101), answer_first_src_id: 3, from_forwarder: false,
      })),
    });

  it('takes a port for stale that lost three questions in 2 s while ten flows of others were answered', async () => {
    expect(await stale({})).toBe(1);
    expect([await stale({ questions: 2 }), await stale({ seconds: 1.99 }), await stale({ others: 9 })]).toEqual([0, 0, 0]);
  });

  it('takes no port for stale while others lose more than a tenth', async () => {
    expect(await each([10, 11], (lost) => stale({ others: 100, lost }))).toEqual([1, 0]);
  });

  it('knows 64 servers of a service', async () => {
    expect(
      await given.count('work.service_members', {
        'work.judged_transactions': rows(65, (i) => ({ server_id: 1, answer_first_src_id: 10 + i, from_forwarder: false })),
        'work.address_ids': rows(65, (i) => ({ raw_id: 10 + i, address_id: 10 + i, address: `10.1.0.${i}` })),
      }),
    ).toBe(64);
  });
});
