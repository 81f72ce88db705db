import type { Clients } from './clients.js';
import type { Seconds } from './seconds.js';

/** Ids of rows that others refer to are remembered for so many of them: what refers to them comes soon. A power of two. */
export const RECENT = 1 << 17;

const SLOW_SECONDS = 1;
const NXDOMAIN = 3;
const SERVFAIL = 2;

/** What the folds of all sources count into. */
export interface Totals {
  /** Of captures. */
  wire: Seconds;
  /** Of servers' logs. */
  logs: Seconds;
  clients: Clients;
}

/** Counts an answer that took so many seconds; of no client in particular where that is null. */
export function answered(
  seconds: Seconds,
  time: number,
  took: number,
  rcode: number,
  clients: Clients,
  client: number | null,
): void {
  const isSlow = took >= SLOW_SECONDS;
  seconds.add('answers', time);
  seconds.addResponse(time, took);
  if (rcode === NXDOMAIN) seconds.add('nxdomain', time);
  else if (rcode === SERVFAIL) seconds.add('servfail', time);
  if (isSlow) seconds.add('slow', time);
  if (client !== null) clients.answered(client, rcode === NXDOMAIN, isSlow);
}

/** Whether a row has a value, by its column's bitmap. */
export function isValid(bitmap: Uint8Array, row: number): boolean {
  return (bitmap[row >> 3]! & (1 << (row & 7))) !== 0;
}

/** Nanoseconds since 1970 as two words, in seconds. */
export function secondsAt(words: Uint32Array, row: number): number {
  return ((words[2 * row + 1]! | 0) * 4294967296 + words[2 * row]!) / 1e9;
}
