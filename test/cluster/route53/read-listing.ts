import { route53 } from '../../../src/cluster/objects/route53.js';
import { readBytes } from '../../support/memory-sink.js';

export const at = (iso: string): bigint => BigInt(Date.parse(iso)) * 1_000_000n;
export const record = (name: string, value = '192.0.2.1') => ({
  Name: name,
  Type: 'A',
  TTL: 300,
  ResourceRecords: [{ Value: value }],
});
export const SOA = {
  Name: 'example.com.',
  Type: 'SOA',
  TTL: 900,
  ResourceRecords: [{ Value: 'ns. host. 1 7200 900 1209600 86400' }],
};

export async function read(text: string) {
  const reading = await readBytes(route53, text);
  return { ...reading, records: reading.rows.dns_records ?? [] };
}

export const names = (records: Awaited<ReturnType<typeof read>>['records']) =>
  records.map(({ sample, time, name }) => [sample, time, name]);
