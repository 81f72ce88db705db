import { hashBytes } from './hash.js';
import type { HashedDictionary } from './sink.js';

/** Tells that a byte string is new: its id and where its bytes are (valid only during the call). */
export type OnNew = (id: number, bytes: Uint8Array, start: number, end: number) => void;

const encoder = new TextEncoder();

/**
 * Ids for byte strings: an open-addressing table over one arena. It forgets all it knows when it holds
 * `limit` entries or `mostBytes` octets, so that memory stays flat; a string met again then gets a second id, which the models fold.
 */
export class ByteDictionary implements HashedDictionary {
  private slots = new Int32Array(4096).fill(-1);
  private hashes = new Uint32Array(2048);
  private ends = new Uint32Array(2048);
  private arena = new Uint8Array(65536);
  private count = 0;
  private used = 0;
  private readonly keepers: (() => void)[] = [];

  constructor(
    readonly seed: number,
    /** The id that the next new string gets. */
    public nextId: number,
    private readonly onNew: OnNew,
    private readonly limit = 1 << 20,
    private readonly mostBytes = 1 << 26,
  ) {}

  idOf(bytes: Uint8Array, start: number, end: number): number {
    return this.idOfHashed(bytes, start, end, hashBytes(bytes, start, end, this.seed));
  }

  idOfText(text: string): number {
    const bytes = encoder.encode(text);
    return this.idOf(bytes, 0, bytes.length);
  }

  idOfHashed(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    for (let entry = this.slots[slot]!; entry !== -1; entry = this.slots[slot]!) {
      if (this.hashes[entry] === hash && this.holds(entry, bytes, start, end))
        return this.nextId - this.count + entry;
      slot = (slot + 1) & mask;
    }
    return this.add(bytes, start, end, hash);
  }

  whenForgetting(forget: () => void): void {
    this.keepers.push(forget);
  }

  /** Forgets all that it knows. */
  forget(): void {
    this.slots.fill(-1);
    this.count = 0;
    this.used = 0;
    for (const forget of this.keepers) forget();
  }

  private holds(entry: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = entry === 0 ? 0 : this.ends[entry - 1]!;
    if (this.ends[entry]! - from !== end - start) return false;
    for (let i = start, j = from; i < end; i++, j++) if (bytes[i] !== this.arena[j]) return false;
    return true;
  }

  private add(bytes: Uint8Array, start: number, end: number, hash: number): number {
    if (this.count === this.limit || this.used + end - start > this.mostBytes) this.forget();
    if (this.count * 2 >= this.slots.length) this.grow();
    while (this.used + end - start > this.arena.length) this.arena = enlarge(this.arena);
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    while (this.slots[slot] !== -1) slot = (slot + 1) & mask;
    for (let i = start; i < end; i++) this.arena[this.used++] = bytes[i]!;
    this.slots[slot] = this.count;
    this.hashes[this.count] = hash;
    this.ends[this.count++] = this.used;
    const id = this.nextId++;
    this.onNew(id, bytes, start, end);
    return id;
  }

  private grow(): void {
    this.slots = new Int32Array(this.slots.length * 2).fill(-1);
    this.hashes = widen(this.hashes);
    this.ends = widen(this.ends);
    const mask = this.slots.length - 1;
    for (let entry = 0; entry < this.count; entry++) {
      let slot = this.hashes[entry]! & mask;
      while (this.slots[slot] !== -1) slot = (slot + 1) & mask;
      this.slots[slot] = entry;
    }
  }
}

function enlarge(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const wider = new Uint8Array(bytes.length * 2);
  wider.set(bytes);
  return wider;
}

function widen(words: Uint32Array): Uint32Array<ArrayBuffer> {
  const wider = new Uint32Array(words.length * 2);
  wider.set(words);
  return wider;
}
