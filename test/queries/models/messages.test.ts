import { afterAll, beforeAll, expect, it } from 'vitest';
import { GivenModels } from '../../support/given-models.js';

let given: GivenModels;
beforeAll(async () => {
  given = await GivenModels.open();
});
afterAll(() => given.close());

const SEEN = { source_id: 1, shape_id: 1, src_id: 5, dst_id: 6, qname_id: 7, qtype: 1, is_response: false, txid: 9 };
const SHAPE = { shape_id: 1, flags: 0, rcode: 0, qclass: 1, questions: 1 };
const tables = (seen: object, shape: object, source: object = {}) => ({
  'work.seen_messages': [{ ...SEEN, ...seen }],
  'raw.shapes': [{ ...SHAPE, ...shape }],
  'raw.sources': [{ source_id: 1, lacks: null, ...source }],
  'work.address_ids': [{ raw_id: 5, address: '10.7.0.5' }, { raw_id: 6, address: '10.7.0.6' }],
  'work.name_ids': [{ raw_id: 7, name: 'seven.test' }],
});

it.each([
  ['a query of A', {}, {}, { opcode: 'QUERY', rcode: null, qname: 'seven.test', qtype: 'A', qclass: 'IN', truncated: false, authoritative: false, txid: 9 }],
  ['an update', {}, { flags: 5 << 11 }, { opcode: 'UPDATE' }],
  ['an opcode that nobody has given away, with all flags', {}, { flags: 0xffff }, { opcode: 'OPCODE15', truncated: true, authoritative: true }],
  ['a response', { is_response: true }, { rcode: 3 }, { rcode: 'NXDOMAIN' }],
  ['a response of a code that nobody has given away', { is_response: true }, { rcode: 4000 }, { rcode: 'RCODE4000' }],
  ['a type and a class that nobody has given away', { qtype: 65_280 }, { qclass: 65_000 }, { qtype: 'TYPE65280', qclass: 'CLASS65000' }],
  ['a message without a question', {}, { questions: 0 }, { qname: null, qtype: null, qclass: null }],
])('%s is shown by what its header says', async (_, seen, shape, shown) => {
  expect(await given.rows('messages', tables(seen, shape))).toMatchObject([{ src: '10.7.0.5', dst: '10.7.0.6', ...shown }]);
});

it('ids and ports that were not printed are not shown', async () => {
  const rows = await given.rows('messages', tables({ src_port: 0, dst_port: 53 }, {}, { lacks: 'ids' }));
  expect(rows).toMatchObject([{ txid: null, src_port: null, dst_port: 53 }]);
});
