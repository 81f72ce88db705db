import type { Batch } from './batch.js';
import type { Columns, Table } from './column.js';
import { finishHash } from './hash.js';
import type { RowIds, Sink } from './sink.js';

/** Rows remembered at a time. */
const LIMIT = 1 << 16;
/** Spreads each value over the bits of a hash (MurmurHash3's constants). */
const MIX = 0xcc9e2d51;
const AND = 0x1b873593;

/** The columns of a table with shared rows by their places in `SharedRows.values`. */
export type Places<C extends Columns> = Readonly<Record<Exclude<keyof C, 'source_id'>, number>>;

/** Where the values of a table's columns stand in `SharedRows.values`. */
export function placesOf<C extends Columns>({ columns }: Table<C>): Places<C> {
  const names = Object.keys(columns).slice(2);
  return Object.fromEntries(names.map((name, place) => [name, place])) as unknown as Places<C>;
}

/**
 * The rows of a table that many others refer to, each written once: `values` are those of the row at hand, -1 for null,
 * and `id` is the id of the row that has them. Its columns are source_id, the id and numbers of 32 bits. An open-addressing table by a
 * seeded hash, so that nobody outside can make rows collide; it forgets all that it knows when it holds `limit`
 * rows, so that memory stays flat: what is met again then gets a second row.
 */
export class SharedRows<C extends Columns> {
  readonly values: Int32Array;
  private readonly batch: Batch<C>;
  private readonly columns: readonly { data: Int32Array; validity: Uint8Array | undefined }[];
  private readonly sourceIds: Uint32Array;
  private readonly ids: Uint32Array;
  /** Entry in each slot, from 1; 0 where there is none. */
  private slots = new Int32Array(1024);
  private known: Int32Array;
  private count = 0;
  private firstId = 0;
  private keeper = () => {};

  constructor(
    private readonly sink: Sink,
    private readonly table: Table<C, keyof RowIds>,
    private readonly limit = LIMIT,
  ) {
    this.batch = sink.batch(table);
    const data = this.batch.data as Record<string, Int32Array>;
    const validity = this.batch.validity as Record<string, Uint8Array | undefined>;
    const [source, id, ...names] = Object.keys(table.columns) as [string, string, ...string[]];
    this.sourceIds = data[source] as unknown as Uint32Array;
    this.ids = data[id] as unknown as Uint32Array;
    this.columns = names.map((name) => ({ data: data[name]!, validity: validity[name] }));
    this.values = new Int32Array(names.length);
    this.known = new Int32Array((this.slots.length / 2) * names.length);
  }

  /** The id of the row with these `values`, which is written where it is new. */
  id(): number {
    const mask = this.slots.length - 1;
    let slot = this.hash(this.values, 0) & mask;
    for (let entry = this.slots[slot]!; entry !== 0; entry = this.slots[slot]!) {
      if (this.holds(entry - 1)) return this.firstId + entry - 1;
      slot = (slot + 1) & mask;
    }
    return this.add();
  }

  private hash(values: Int32Array, from: number): number {
    let hash = this.sink.seed | 0;
    for (let i = from; i < from + this.values.length; i++) {
      const mixed = Math.imul(values[i]!, MIX);
      hash = Math.imul(hash ^ Math.imul((mixed << 15) | (mixed >>> 17), AND), 5) + 0xe6546b64;
      hash = (hash << 13) | (hash >>> 19);
    }
    return finishHash(hash);
  }

  private holds(entry: number): boolean {
    const { values, known } = this;
    for (let i = 0, j = entry * values.length; i < values.length; i++, j++)
      if (values[i] !== known[j]) return false;
    return true;
  }

  private add(): number {
    if (this.count === this.limit) this.forget();
    if (2 * this.count >= this.slots.length) this.grow();
    if (this.count === 0) this.firstId = this.sink.rowIds[this.table.name];
    this.known.set(this.values, this.count * this.values.length);
    this.place(this.count++);
    const id = this.sink.rowIds[this.table.name]++;
    this.write(id);
    return id;
  }

  private write(id: number): void {
    const { row } = this.batch;
    this.sourceIds[row] = this.sink.sourceId;
    this.ids[row] = id;
    this.columns.forEach(({ data, validity }, i) => {
      data[row] = this.values[i]!;
      if (validity && this.values[i] === -1) validity[row >> 3]! &= ~(1 << (row & 7));
    });
    this.batch.end();
  }

  private place(entry: number): void {
    const mask = this.slots.length - 1;
    let slot = this.hash(this.known, entry * this.values.length) & mask;
    while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
    this.slots[slot] = entry + 1;
  }

  /** Has `forget` called when it forgets the rows that it knows: whoever keeps ids must then ask again. */
  whenForgetting(forget: () => void): void {
    this.keeper = forget;
  }

  private forget(): void {
    this.slots.fill(0);
    this.count = 0;
    this.keeper();
  }

  private grow(): void {
    this.slots = new Int32Array(2 * this.slots.length);
    const wider = new Int32Array(2 * this.known.length);
    wider.set(this.known);
    this.known = wider;
    for (let entry = 0; entry < this.count; entry++) this.place(entry);
  }
}
