/** Writes a value, or that there is none, into a batch's current row; for rows that are few, with a call a value. */

import type { Instant } from '../base/time/instant.js';
import type { Batch } from './batch.js';
import type { Column, Columns } from './column.js';
import { writeInteger, writeNanos } from './word64.js';

/** Nullable columns of a table that hold values of type T. */
type Nullable<C extends Columns, T> = {
  [K in keyof C]: C[K] extends Column<infer U, true> ? (U extends T ? K : never) : never;
}[keyof C] &
  string;

/** Longest text that a column takes; what is longer is cut. */
const MAX_TEXT = 1 << 20;

/** Writes a text or null. */
export function writeText<C extends Columns>(
  batch: Batch<C>,
  name: Nullable<C, 'VARCHAR'>,
  value: string | null | undefined,
): void {
  (batch.data[name] as string[])[batch.row] = value?.slice(0, MAX_TEXT) ?? '';
  if (value == null) batch.setNull(name);
}

/** Writes a number that fits the column, or null. */
export function writeNumber<C extends Columns>(
  batch: Batch<C>,
  name: Nullable<C, 'INTEGER' | 'UINTEGER' | 'USMALLINT'>,
  value: number | null | undefined,
): void {
  (batch.data[name] as Int32Array | Uint32Array | Uint16Array)[batch.row] = value ?? 0;
  if (value == null) batch.setNull(name);
}

/** Writes an integer within ±2^53 or null. */
export function writeBigint<C extends Columns>(
  batch: Batch<C>,
  name: Nullable<C, 'BIGINT' | 'UBIGINT'>,
  value: number | null,
): void {
  writeInteger(batch.data[name] as Uint32Array, batch.row, value ?? 0);
  if (value === null) batch.setNull(name);
}

/** Writes a number or null. */
export function writeDouble<C extends Columns>(
  batch: Batch<C>,
  name: Nullable<C, 'DOUBLE'>,
  value: number | null,
): void {
  (batch.data[name] as Float64Array)[batch.row] = value ?? 0;
  if (value === null) batch.setNull(name);
}

/** Writes an instant or null. */
export function writeTime<C extends Columns>(
  batch: Batch<C>,
  name: Nullable<C, 'TIMESTAMP_NS'>,
  value: Instant | null,
): void {
  writeNanos(batch.data[name] as Uint32Array, batch.row, value?.seconds ?? 0, value?.nanos ?? 0);
  if (value === null) batch.setNull(name);
}
