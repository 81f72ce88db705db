import { afterAll, beforeAll, expect, it } from 'vitest';
import { GivenModels } from '../../support/given-models.js';

let given: GivenModels;
beforeAll(async () => {
  given = await GivenModels.open();
});
afterAll(() => given.close());

it('a line has every name and text in the place of its id, and its time from the wire where the log has none', async () => {
  const line = { source_id: 1, line: 7, stream_id: 3, client_id: 5, client_port: 4000, txid: 9, qname_id: 6, qtype: 28, qclass: 1 };
  const rest = { rcode: 3, protocol: 0, flags_id: 4, duration_seconds: 0.25, request_bytes: 30, response_bytes: 90 };
  const rows = await given.rows('log_queries', {
    'raw.log_queries': [
      { ...line, ...rest, time: null },
      { ...line, ...rest, line: 8, time: null, stream_id: 0, client_id: null, qtype: 65_280, rcode: null },
    ],
    'raw.texts': [
      { text_id: 3, text: 'coredns-a' },
      { text_id: 4, text: 'qr,aa,rd' },
    ],
    'work.address_ids': [{ raw_id: 5, address: '10.7.0.5' }, { raw_id: 6, address: '10.7.0.6' }],
    'work.name_ids': [{ raw_id: 5, name: 'five.test' }, { raw_id: 6, name: 'six.test' }],
    'work.log_line_matches': [{ source_id: 1, line: 7, transaction_id: 40 }],
    'work.wire_transactions': [{ transaction_id: 40, asked_ns: 1_000, answered_ns: 2_000 }],
  });
  const same = { source_id: 1, client_port: 4000, txid: 9, qname: 'six.test', qclass: 'IN', protocol: 'udp', flags: 'qr,aa,rd' };
  expect(rows.toSorted((a, b) => Number(a['line']) - Number(b['line']))).toMatchObject([
    { ...same, line: 7, stream: 'coredns-a', client: '10.7.0.5', qtype: 'AAAA', rcode: 'NXDOMAIN', time_from_wire: true, transaction_id: 40 },
    { ...same, line: 8, stream: null, client: null, qtype: 'TYPE65280', rcode: null, time: null, time_from_wire: false, transaction_id: null },
  ]);
});
