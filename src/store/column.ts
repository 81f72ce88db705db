/**
 * The column types of raw tables and how a batch holds them in memory. Types are DuckDB's; 64-bit columns
 * are held as little-endian pairs of 32-bit words (word 2i low, 2i+1 high), because a BigInt a row is slow.
 */
export type ColumnType =
  | 'BOOLEAN'
  | 'UTINYINT'
  | 'USMALLINT'
  | 'UINTEGER'
  | 'INTEGER'
  | 'UBIGINT'
  | 'BIGINT'
  | 'TIMESTAMP_NS'
  | 'DOUBLE'
  | 'VARCHAR';

/** What a batch keeps for a column of each type. */
export interface ColumnData {
  BOOLEAN: Uint8Array;
  UTINYINT: Uint8Array;
  USMALLINT: Uint16Array;
  UINTEGER: Uint32Array;
  INTEGER: Int32Array;
  UBIGINT: Uint32Array;
  BIGINT: Uint32Array;
  TIMESTAMP_NS: Uint32Array;
  DOUBLE: Float64Array;
  VARCHAR: string[];
}

export interface Column<T extends ColumnType = ColumnType, N extends boolean = boolean> {
  readonly type: T;
  readonly nullable: N;
  /** Meaning and unit, for the documentation. */
  readonly about: string;
}

/** A column that every row has. */
export function column<T extends ColumnType>(type: T, about: string): Column<T, false> {
  return { type, nullable: false, about };
}

/** A column that is null where the evidence does not say. */
export function optional<T extends ColumnType>(type: T, about: string): Column<T, true> {
  return { type, nullable: true, about };
}

/** Bytes a value takes in DuckDB's vectors; VARCHAR has no fixed width. */
export const WIDTH: Record<Exclude<ColumnType, 'VARCHAR'>, number> = {
  BOOLEAN: 1,
  UTINYINT: 1,
  USMALLINT: 2,
  UINTEGER: 4,
  INTEGER: 4,
  UBIGINT: 8,
  BIGINT: 8,
  TIMESTAMP_NS: 8,
  DOUBLE: 8,
};

export type Columns = Record<string, Column>;

/** A raw table: its name in schema `raw`, its grain in one sentence, its columns in order. */
export interface Table<C extends Columns = Columns> {
  readonly name: string;
  readonly grain: string;
  readonly columns: C;
}

export function table<C extends Columns>(name: string, grain: string, columns: C): Table<C> {
  return { name, grain, columns };
}
