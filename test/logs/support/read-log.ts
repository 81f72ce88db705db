import { logReaders } from '../../../src/logs/index.js';
import { type Reading, readBytes, type Row } from '../../support/memory-sink.js';

export const corednsLog = logReaders[0]!;

/** What the log reader makes of a text, given whole or in chunks. */
export function readLog(text: string | Uint8Array | Uint8Array[]): Promise<Reading> {
  return readBytes(corednsLog, text);
}

/** The only query row of a text. */
export async function readQuery(text: string | Uint8Array): Promise<Row> {
  const { rows, problems } = await readLog(text);
  const queries = rows.log_queries ?? [];
  if (queries.length !== 1)
    throw new Error(`${queries.length} query rows; ${problems[0]?.detail ?? 'no problem'}`);
  return queries[0]!;
}

/** The only event row of a text. */
export async function readEvent(text: string): Promise<Row> {
  const { rows, problems } = await readLog(text);
  const events = rows.log_events ?? [];
  if (events.length !== 1)
    throw new Error(`${events.length} event rows; ${problems[0]?.detail ?? 'no problem'}`);
  return events[0]!;
}

/** Nanoseconds since 1970 of an RFC 3339 time with up to nine fraction digits, in UTC. */
export function nanos(time: string): bigint {
  const [, whole, fraction = ''] = /^(.{19})(?:\.(\d+))?Z$/.exec(time)!;
  return BigInt(Date.parse(`${whole}Z`)) * 1_000_000n + BigInt(fraction.padEnd(9, '0'));
}
