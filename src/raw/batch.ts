import { type Column, type ColumnData, type Columns, type Table, WIDTH } from './column.js';
import { isNoTime } from './word64.js';

/** Rows a batch holds before it is handed on: DuckDB's vector size, so that one batch is one data chunk. */
export const BATCH_ROWS = 2048;

/** Octets of a validity bitmap. */
const BITMAP = BATCH_ROWS / 8;

type DataOf<C extends Columns> = { readonly [K in keyof C]: ColumnData[C[K]['type']] };
type NullableOf<C extends Columns> = {
  [K in keyof C]: C[K] extends Column<infer _T, true> ? K : never;
}[keyof C];

type ValidityOf<C extends Columns> = { readonly [K in NullableOf<C>]: Uint8Array };

/** Octets between two columns, so that a row's values do not all compete for the same few lines of a cache. */
const APART = 192;

/** What of a batch's rows does not lie in its memory. */
export interface BatchRest {
  rows: number;
  /** Columns of strings. */
  strings: Record<string, string[]>;
}

/** Takes full batches: the appender in this process, or a thread's message port. Must copy what it keeps. */
export type BatchConsumer = (batch: Batch<Columns>) => void;

/**
 * A column-wise buffer for one raw table. Write a row's values at index `row` of each array in `data`, mark
 * the missing ones with `setNull`, then call `end()`. Values not written keep what an earlier row left there,
 * so each row writes every column.
 */
export class Batch<C extends Columns> {
  data: DataOf<C>;
  /** Validity bitmaps (1 = valid, bit i of byte i >> 3) of nullable columns. */
  validity: ValidityOf<C>;
  /** Nullable columns that hold a null: known when the batch is handed on. */
  readonly withNulls = new Set<keyof C>();
  /** Rows of times that could not be kept and are null instead: known when the batch is handed on. */
  readonly withoutTime: number[] = [];
  private readonly times: readonly (keyof C)[];
  /** Holds `data` but its strings, and `validity`. */
  private bytes: Uint8Array<ArrayBuffer>;
  row = 0;
  /** Rows ended over this batch's life. */
  total = 0;

  constructor(
    readonly table: Table<C>,
    private readonly consume: BatchConsumer,
    /** By how much the clock of its times is ahead: they are set back by that; seconds. */
    private readonly aheadSeconds = 0,
  ) {
    this.bytes = new Uint8Array(layoutOf(table).bytes);
    this.times = Object.entries(table.columns)
      .filter(([, { type }]) => type === 'TIMESTAMP_NS')
      .map(([name]) => name);
    ({ data: this.data, validity: this.validity } = this.views());
    for (const bitmap of Object.values<Uint8Array>(this.validity)) bitmap.fill(0xff);
  }

  /** Moves its rows, and where new ones are written, to other memory: `bytes` is as long as its layout. */
  moveTo(bytes: Uint8Array<ArrayBuffer>): void {
    const strings = Object.entries(this.data).filter(([, values]) => Array.isArray(values));
    bytes.set(this.bytes);
    this.bytes = bytes;
    ({ data: this.data, validity: this.validity } = this.views());
    Object.assign(this.data, Object.fromEntries(strings));
  }

  private views(): { data: DataOf<C>; validity: ValidityOf<C> } {
    const { buffer, byteOffset } = this.bytes;
    const data: Record<string, ColumnData[keyof ColumnData]> = {};
    const validity: Record<string, Uint8Array> = {};
    for (const [name, { column, data: at, validity: bitmap }] of Object.entries(
      layoutOf(this.table).columns,
    )) {
      data[name] = view(column, buffer, byteOffset + at);
      if (column.nullable) validity[name] = new Uint8Array(buffer, byteOffset + bitmap, BITMAP);
    }
    // Copied, as V8 keeps an object grown key by key as a hash table, which is slow to read.
    return { data: { ...data } as DataOf<C>, validity: { ...validity } as ValidityOf<C> };
  }

  /** Marks the value of `name` in the current row as missing. */
  setNull(name: NullableOf<C>): void {
    this.validity[name][this.row >> 3]! &= ~(1 << (this.row & 7));
  }

  /** Says how many rows there are, where another has written some; fewer than are handed on. */
  grownTo(row: number): void {
    this.total += row - this.row;
    this.row = row;
  }

  /** Ends the current row; a full batch is handed on. */
  end(): void {
    this.total++;
    if (++this.row === BATCH_ROWS) this.flush();
  }

  /** Hands on what rows there are. */
  flush(): void {
    if (this.row === 0) return;
    this.dropTimes();
    this.setBack();
    this.handOn();
  }

  /** Hands on rows whose times are as they are to be. */
  handOn(): void {
    if (this.row === 0) return;
    this.findNulls();
    this.consume(this as unknown as Batch<Columns>);
    for (const name of this.withNulls) this.validity[name as NullableOf<C>].fill(0xff);
    this.withNulls.clear();
    this.withoutTime.length = 0;
    this.row = 0;
  }

  /** Copies its rows to memory that is as long as its layout, for another batch of this table to `load`, and says what is not there. */
  copyTo(memory: Uint8Array): BatchRest {
    memory.set(this.bytes);
    const strings = Object.entries<unknown>(this.data).filter((entry): entry is [string, string[]] =>
      Array.isArray(entry[1]),
    );
    return {
      rows: this.row,
      strings: Object.fromEntries(strings.map(([name, values]) => [name, values.slice(0, this.row)])),
    };
  }

  /** Takes the rows that another batch of this table copied to memory, which it may have again; `handOn` is to follow. */
  load(memory: Uint8Array, { rows, strings }: BatchRest): void {
    this.bytes.set(memory);
    Object.assign(this.data, strings);
    this.row = rows;
    this.total += rows;
  }

  /** Makes null what `writeNanos` could not keep. */
  private dropTimes(): void {
    for (const name of this.times as readonly NullableOf<C>[]) {
      const words = this.data[name] as Uint32Array;
      const bitmap = this.validity[name] as Uint8Array | undefined;
      if (!bitmap) continue;
      for (let row = 0; row < this.row; row++) {
        if (!isNoTime(words, row) || (bitmap[row >> 3]! & (1 << (row & 7))) === 0) continue;
        bitmap[row >> 3]! &= ~(1 << (row & 7));
        this.withoutTime.push(row);
      }
    }
  }

  private setBack(): void {
    if (this.aheadSeconds === 0) return;
    const nanos = BigInt(Math.round(this.aheadSeconds * 1e6)) * 1000n;
    for (const name of this.times) {
      const { buffer, byteOffset } = this.data[name] as Uint32Array;
      const times = new BigInt64Array(buffer, byteOffset, this.row);
      for (let row = 0; row < this.row; row++) times[row]! -= nanos;
    }
  }

  private findNulls(): void {
    const bytes = (this.row + 7) >> 3;
    for (const [name, bitmap] of Object.entries<Uint8Array>(this.validity)) {
      let i = 0;
      while (i < bytes && bitmap[i] === 0xff) i++;
      if (i < bytes) this.withNulls.add(name);
    }
  }
}

/** Where a batch's columns lie in its memory. */
export interface BatchLayout {
  /** Octets of all of them. */
  bytes: number;
  /** Where the values of a column begin, and its validity bitmap if it is nullable; octets from the first one. */
  columns: Record<string, { column: Column; data: number; validity: number }>;
}

/** The one layout of the batches of a table, here and in WebAssembly. */
export function layoutOf(table: Table): BatchLayout {
  const layout: BatchLayout = { bytes: 0, columns: {} };
  for (const [name, column] of Object.entries(table.columns)) {
    const data = layout.bytes;
    layout.columns[name] = { column, data, validity: data + size(column) };
    layout.bytes += room(column);
  }
  return layout;
}

/** Octets of a column's values. */
function size(column: Column): number {
  return column.type === 'VARCHAR' ? 0 : BATCH_ROWS * WIDTH[column.type];
}

/** Octets that a column takes with all that belongs to it. */
function room(column: Column): number {
  return size(column) + (column.nullable ? BITMAP : 0) + APART;
}

function view(column: Column, bytes: ArrayBuffer, at: number): ColumnData[keyof ColumnData] {
  switch (column.type) {
    case 'BOOLEAN':
    case 'UTINYINT':
      return new Uint8Array(bytes, at, BATCH_ROWS);
    case 'USMALLINT':
      return new Uint16Array(bytes, at, BATCH_ROWS);
    case 'UINTEGER':
      return new Uint32Array(bytes, at, BATCH_ROWS);
    case 'INTEGER':
      return new Int32Array(bytes, at, BATCH_ROWS);
    case 'UBIGINT':
    case 'BIGINT':
    case 'TIMESTAMP_NS':
      return new Uint32Array(bytes, at, 2 * BATCH_ROWS);
    case 'DOUBLE':
      return new Float64Array(bytes, at, BATCH_ROWS);
    case 'VARCHAR':
      return new Array<string>(BATCH_ROWS);
  }
}
