import { tcpdumpTextReader } from '../../../src/capture/tcpdump-text/index.js';
import { readBytes, type Reading } from '../../support/memory-sink.js';

export const read = (text: string) => readBytes(tcpdumpTextReader, text);
export const messages = (reading: Reading) => reading.rows.messages ?? [];
export const answers = (reading: Reading) =>
  (reading.rows.answers ?? []).map((row) => [
    row.section,
    row.position,
    row.name_id,
    row.type,
    row.ttl,
    row.data_id,
  ]);
export const frames = (reading: Reading) =>
  Object.fromEntries((reading.rows.frames ?? []).map((row) => [row.kind, Number(row.count)]));
export const sniff = (text: string) => tcpdumpTextReader.sniff(new TextEncoder().encode(text), 'x');
export const at = (text: string) => BigInt(Date.parse(text)) * 1_000_000n;

export const QUERY = 'IP 10.0.0.1.40000 > 10.96.0.10.53: 4660+ A? Example.COM. (29)\n';
export const RESPONSE =
  'IP 10.96.0.10.53 > 10.0.0.1.40000: 4660 2/0/0 CNAME cdn.example.net., A 192.0.2.7 (75)\n';
export const T = '2026-11-22 14:50:41.5';
