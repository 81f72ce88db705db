import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { each, ns, rows } from '../../../support/either-side.js';
import { GivenModels } from '../../../support/given-models.js';

let given: GivenModels;
beforeAll(async () => {
  given = await GivenModels.open();
});
afterAll(() => given.close());

describe('clients and their resolvers', () => {
  it('calls a client musl by eight of ten pairs', async () => {
    const resolver = async (musl: number) =>
      (await given.rows('work.client_facts', {
        'work.wire_twins': rows(10, (i) => ({ a_id: 2 * i, aaaa_id: 2 * i + 1, one_socket: i < musl })),
        'work.wire_questions': rows(20, (i) => ({ question_id: i, transaction_id: i, client_id: 1, qtype: i % 2 === 0 ? 1 : 28, asked_ns: ns(i), ended_ns: ns(i + 5), outcome: 'answered' })),
        'work.wire_transactions': rows(20, (i) => ({ transaction_id: i, txid: 1000 + (i % 2) * 300, client_port: 4000 })),
        'work.address_ids': [{ raw_id: 1, address_id: 1, address: '10.0.0.1' }],
        'work.forwarders': [],
      }))[0]!['resolver'];
    expect(await each([7, 8], resolver)).toEqual(['several', 'musl']);
  });

  /** Of so many pairs, those that share a socket, and of these the ones whose ids are near as musl's are. */
  const told = async (pairs: number, shared: number, near: number) =>
    (await given.rows('work.client_facts', {
      'work.wire_twins': rows(pairs, (i) => ({ a_id: 2 * i, aaaa_id: 2 * i + 1, one_socket: i < shared })),
      'work.wire_questions': rows(2 * pairs, (i) => ({ question_id: i, transaction_id: i, client_id: 1, qtype: i % 2 === 0 ? 1 : 28, asked_ns: ns(i), ended_ns: ns(i + 5), outcome: 'answered' })),
      'work.wire_transactions': rows(2 * pairs, (i) => ({ transaction_id: i, txid: 1000 + (i % 2) * (i < 2 * near ? 300 : 20_000), client_port: 4000 })),
      'work.address_ids': [{ raw_id: 1, address_id: 1, address: '10.0.0.1' }],
      'work.forwarders': [],
    }))[0]!['resolver'];

  it('calls a client by no resolver before three pairs', async () => {
    expect(await each([2, 3], (pairs) => told(pairs, pairs, pairs))).toEqual([null, 'musl']);
  });

  it('calls a client glibc by nine of ten pairs that share a socket, less than a fifth of them with near ids', async () => {
    expect(await each([8, 9], (shared) => told(10, shared, 0))).toEqual(['several', 'glibc']);
    expect(await each([19, 20], (near) => told(100, 100, near))).toEqual(['glibc', 'several']);
  });

  /** Queries of one name: of so many, `nested` ask for another client what that waits for. */
  const forwarders = async (after: number, asked: number, nested: number) =>
    (
      await given.rows('work.forwarders', {
        'work.wire_transactions': rows(asked, (i) => [
          { transaction_id: 10 * i, client_id: 1, server_id: 2, qname_id: i, qtype: 1, asked_ns: ns(i), answered_ns: ns(i + 1), last_dst_id: 2 },
          { transaction_id: 10 * i + 1, client_id: 3, server_id: 4, qname_id: i, qtype: i < nested ? 1 : 28, asked_ns: ns(i + after), last_dst_id: 4 },
        ]).flat(),
      })
    ).filter(({ address_id }) => address_id === 3).length;

  it("takes a query within 0.1 s of another client's for one that is passed on, and four of five such for a forwarder", async () => {
    expect(await each([0.1, 0.101], (after) => forwarders(after, 5, 5))).toEqual([1, 0]);
    expect(await each([3, 4], (nested) => forwarders(0.01, 5, nested))).toEqual([0, 1]);
  });
});
