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

/**
 * What a text holds, and so what `--redact` does with it: everything but dnslens's own words is replaced, and of
 * the others only what is known to tell nothing of whoever collected the evidence stays.
 */
export const HOLDS = {
  'own-words': 'words that dnslens chose',
  word: 'a word of Kubernetes, the kernel or a registry, such as a kind, a state or a plugin',
  name: 'a domain name or the name of an object',
  address: 'an IP address, or a network as ADDRESS/PREFIX',
  path: 'the path of a file',
  digest: 'a hash of evidence',
  json: 'JSON of words, names and addresses',
  sentence: 'a sentence of dnslens, which quotes nothing; its numbers are its own',
  example: 'a text that nobody knows the form of',
  line: 'a text as the evidence has it',
  'record-data': 'data of a record whose type stands in the column `type`',
  dictionary: 'a text of the kind that the columns with its id say',
} as const;
export type Holds = keyof typeof HOLDS;

export interface Column<T extends ColumnType = ColumnType, N extends boolean = boolean> {
  readonly type: T;
  readonly nullable: N;
  /** Meaning and unit, for the documentation. */
  readonly about: string;
  /** What its text holds, or the text that its id in `texts` stands for; `port` for port numbers. */
  readonly holds: Holds | 'port' | null;
}

/** A text must say what it holds, a port and an id in `texts` can. */
type HoldsOf<T extends ColumnType> = T extends 'VARCHAR'
  ? [holds: Holds]
  : T extends 'UINTEGER'
    ? [holds?: Exclude<Holds, 'own-words' | 'dictionary'>]
    : T extends 'USMALLINT'
      ? [holds?: 'port']
      : [];

/** A column that every row has. */
export function column<T extends ColumnType>(type: T, about: string, ...holds: HoldsOf<T>): Column<T, false> {
  return { type, nullable: false, about, holds: holds[0] ?? null };
}

/** A column that is null where the evidence does not say. */
export function optional<T extends ColumnType>(
  type: T,
  about: string,
  ...holds: HoldsOf<T>
): Column<T, true> {
  return { type, nullable: true, about, holds: holds[0] ?? null };
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
export interface Table<C extends Columns = Columns, Name extends string = string> {
  readonly name: Name;
  readonly grain: string;
  readonly columns: C;
  /** What its rows are called where evidence is counted; null where other tables only refer to them. */
  readonly countedAs: string | null;
}

export function table<C extends Columns, Name extends string>(
  name: Name,
  grain: string,
  columns: C,
  countedAs: string | null = name,
): Table<C, Name> {
  return { name, grain, columns, countedAs };
}
