import type { Batch } from '../store/batch.js';
import type { Column, Columns } from '../store/column.js';
import type { Instant } from '../input/time/instant.js';
import { writeNanos } from '../store/word64.js';

/** Nullable columns of a table that hold values of type T. */
type Nullable<C extends Columns, T> = {
  [K in keyof C]: C[K] extends Column<infer U, true> ? (U extends T ? K : never) : never;
}[keyof C] &
  string;

/** Longest text that a column takes; what is longer is cut. */
const MAX_TEXT = 1 << 20;

/** Writes a text or null into the current row. */
export function writeText<C extends Columns>(
  batch: Batch<C>,
  name: Nullable<C, 'VARCHAR'>,
  value: string | null,
): void {
  (batch.data[name] as string[])[batch.row] = value === null ? '' : value.slice(0, MAX_TEXT);
  if (value === null) batch.setNull(name);
}

/** Writes a number or null into the current row. */
export function writeNumber<C extends Columns>(
  batch: Batch<C>,
  name: Nullable<C, 'INTEGER' | 'UINTEGER'>,
  value: number | null,
): void {
  (batch.data[name] as Int32Array | Uint32Array)[batch.row] = value ?? 0;
  if (value === null) batch.setNull(name);
}

/** Writes an instant or null into the current row. */
export function writeTime<C extends Columns>(
  batch: Batch<C>,
  name: Nullable<C, 'TIMESTAMP_NS'>,
  value: Instant | null,
): void {
  writeNanos(batch.data[name] as Uint32Array, batch.row, value?.seconds ?? 0, value?.nanos ?? 0);
  if (value === null) batch.setNull(name);
}
