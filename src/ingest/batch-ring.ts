import { layoutOf, type Batch, type BatchRest } from '../raw/batch.js';
import type { Columns } from '../raw/column.js';
import { RAW_TABLES } from '../raw/tables/index.js';

/** Batches that may wait for the thread that appends: the one that reads waits then. */
const SLOTS = 16;
const SLOT_BYTES = Math.max(...RAW_TABLES.map((table) => layoutOf(table).bytes));
/** States of a slot. */
const FREE = 0;
const FULL = 1;

/** Memory of two threads. */
export interface RingMemory {
  readonly states: SharedArrayBuffer;
  readonly rows: SharedArrayBuffer;
}

/** A batch on its way: where its columns lie, and what lies nowhere. */
export interface Parcel extends BatchRest {
  /** Place of its table in RAW_TABLES. */
  table: number;
  slot: number;
}

export function ringMemory(): RingMemory {
  return { states: new SharedArrayBuffer(4 * SLOTS), rows: new SharedArrayBuffer(SLOTS * SLOT_BYTES) };
}

/**
 * Takes batches from the thread that reads to the one that appends, in memory of both: one copy here, one there, nothing made anew.
 * That a slot is full is told by the parcel, a message; that it is free again by its state.
 */
export class BatchRing {
  private readonly states: Int32Array;
  private readonly slots: readonly Uint8Array[];
  private next = 0;

  constructor({ states, rows }: RingMemory) {
    this.states = new Int32Array(states);
    this.slots = Array.from({ length: SLOTS }, (_, i) => new Uint8Array(rows, i * SLOT_BYTES, SLOT_BYTES));
  }

  /** Puts a batch into the next slot, and waits until that is free. */
  put(batch: Batch<Columns>): Parcel {
    const slot = this.next;
    this.next = (slot + 1) % SLOTS;
    while (Atomics.load(this.states, slot) === FULL) Atomics.wait(this.states, slot, FULL);
    const rest = batch.copyTo(this.slots[slot]!);
    Atomics.store(this.states, slot, FULL);
    return { table: TABLES.get(batch.table.name)!, slot, ...rest };
  }

  /** Takes a parcel's rows into a batch of its table, and lets the slot go. */
  take(parcel: Parcel, batch: Batch<Columns>): void {
    const { slot } = parcel;
    batch.load(this.slots[slot]!.subarray(0, layoutOf(batch.table).bytes), parcel);
    Atomics.store(this.states, slot, FREE);
    Atomics.notify(this.states, slot);
  }
}

const TABLES = new Map(RAW_TABLES.map(({ name }, i) => [name, i]));
