import { conntrackReaders } from '../../src/conntrack/index.js';
import { readBytes, type Reading } from '../support/memory-sink.js';

export const read = (text: string, path?: string) => readBytes(conntrackReaders[0]!, text, {}, path);
export const counters = (reading: Reading) => reading.rows.conntrack_counters ?? [];
export const sizes = (reading: Reading) =>
  (reading.rows.conntrack_table ?? []).map((row) => [
    row.time,
    row.entries,
    row.max_entries,
    row.full_messages,
  ]);
const at = (text: string) => BigInt(Date.parse(text)) * 1_000_000n;
export const kindOf = (text: string, path = 'x') => {
  const head = new TextEncoder().encode(text);
  return conntrackReaders.filter((reader) => reader.sniff(head, path) > 0).map((reader) => reader.kind);
};

export const BLOCK = (n: number) =>
  `cpu=0   \tfound=${n} invalid=0 insert=0 insert_failed=${n} drop=1 early_drop=0 error=0 search_restart=0 \n` +
  `cpu=1   \tfound=0 invalid=0 insert=0 insert_failed=2 drop=2 early_drop=0 error=0 search_restart=0 \n`;
export const DATE = (second: number) => `Sun Nov 22 14:50:4${second} UTC 2026\n`;
export const TIME = (second: number) => at(`2026-11-22T14:50:4${second}Z`);
