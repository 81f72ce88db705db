/** 64-bit values as two 32-bit words in a Uint32Array column (see ColumnData), without BigInt. */

import { canBeKept } from '../base/time/range.js';

/** High word of what stands for an instant that cannot be kept; a batch makes it null. */
const NO_TIME = 0x80000000;

/**
 * Writes the instant `seconds` (whole, may be negative) and `nanos` (0..999,999,999) as ns since 1970 UTC. One that
 * cannot be kept, or is NaN, becomes null when its batch is handed on, and a problem.
 */
export function writeNanos(column: Uint32Array, row: number, seconds: number, nanos: number): void {
  if (!canBeKept(seconds)) {
    column[2 * row] = 0;
    column[2 * row + 1] = NO_TIME;
    return;
  }
  // seconds * 1e9 in two steps of 16 bits keeps each product exact in a double; % on doubles is a slow call.
  const quotient = Math.floor(seconds / 65536);
  const upper = quotient * 1e9;
  const lower = (seconds - quotient * 65536) * 1e9 + nanos;
  const high = Math.floor(upper / 65536);
  const shifted = (upper - high * 65536) * 65536 + lower;
  const carry = Math.floor(shifted / 4294967296);
  column[2 * row] = shifted - carry * 4294967296;
  column[2 * row + 1] = high + carry;
}

/** Whether `writeNanos` was given an instant that cannot be kept. */
export function isNoTime(column: Uint32Array, row: number): boolean {
  return column[2 * row + 1] === NO_TIME;
}

/** Writes an integer within ±2^53. */
export function writeInteger(column: Uint32Array, row: number, value: number): void {
  const high = Math.floor(value / 4294967296);
  column[2 * row] = value - high * 4294967296;
  column[2 * row + 1] = high;
}
