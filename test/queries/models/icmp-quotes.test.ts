import { afterAll, beforeAll, expect, it } from 'vitest';
import { GivenModels } from '../../support/given-models.js';

let given: GivenModels;
beforeAll(async () => {
  given = await GivenModels.open();
});
afterAll(() => given.close());

it('an ICMP error without the port of who asked belongs to the nearest query to that server without an answer', async () => {
  const query = (transaction_id: number, seconds: number, more: object = {}) => ({
    transaction_id, client_id: 1, client_port: 4000 + transaction_id, server_id: 2, last_dst_id: 2, protocol: 0, source_id: 1,
    asked_ns: seconds * 1e9, ...more,
  }); // prettier-ignore
  const quotes = await given.rows('work.icmp_quotes', {
    'raw.icmp_errors': [
      {
        source_id: 1, frame: 9, time: '1970-01-01 00:01:40.001', src_id: 2, dst_id: 1, version: 4, type: 3, code: 3, protocol: 0,
        quoted_src_id: 1, quoted_src_port: null, quoted_dst_id: 2, quoted_dst_port: 53, of_response: false, txid: null, key: null,
      },
    ],
    'work.address_ids': [1, 2, 3].map((id) => ({ raw_id: id, address_id: id })),
    'work.translated_keys': [],
    'work.wire_transactions': [
      query(1, 90),
      query(2, 100),
      query(3, 100.0005, { server_id: 3, last_dst_id: 3 }),
      query(4, 100.0006, { answer_src_id: 2 }),
      query(5, 100.0007, { client_id: 3 }),
    ],
  }); // prettier-ignore
  expect(quotes.map((row) => row['transaction_id'])).toEqual([2]);
});
