import type { Problem } from '../base/problem.js';
import type { Batch } from './batch.js';
import type { Columns, Table } from './column.js';

/** What its times are worth, the surest first: `sources.time_base`. */
export const TIME_BASES = ['date', 'local', 'day', 'order'] as const;
export type TimeBase = (typeof TIME_BASES)[number];

/** The less sure of two. */
export function weaker(one: TimeBase, other: TimeBase): TimeBase {
  return TIME_BASES[Math.max(TIME_BASES.indexOf(one), TIME_BASES.indexOf(other))]!;
}

/** Ids for byte strings that many rows repeat: names, addresses, record data. */
export interface Dictionary {
  /** The id of these bytes; a byte string seen the first time gets a new one. */
  idOf(bytes: Uint8Array, start: number, end: number): number;
  /** The id of a short string in UTF-8, for readers off the hot path. */
  idOfText(text: string): number;
  /** Has `forget` called when it forgets what it knows: whoever keeps ids must then ask again, as what is met again gets another. */
  whenForgetting(forget: () => void): void;
}

/** A dictionary whose hash a decoder computes while it copies the bytes (hot path). */
export interface HashedDictionary extends Dictionary {
  /** As `idOf`, with the 32-bit hash that the caller has computed by `hashBytes`'s rule. */
  idOfHashed(bytes: Uint8Array, start: number, end: number, hash: number): number;
}

/** The next ids of rows that other rows of a source refer to; whoever takes one counts it up. */
export interface RowIds {
  packets: number;
  paths: number;
  shapes: number;
}

/** Those of a source whose rows go nowhere else. */
export const FIRST_ROW_IDS: Readonly<RowIds> = { packets: 1, paths: 1, shapes: 1 };

/** Where a reader puts what it reads of one source. Everything goes into that source's transaction. */
export interface Sink {
  readonly sourceId: number;
  /** The node or pod that the user or the path named for this source. */
  readonly label: string | null;
  /** This database's random seed for hashes, so that nobody outside can make names collide. */
  readonly seed: number;
  readonly rowIds: RowIds;
  /** The batch of a raw table; always the same one for the same table. */
  batch<C extends Columns>(table: Table<C>): Batch<C>;
  /** Names in presentation form (RFC 1035 and 4343 escapes), lower case, without the trailing dot; the root is `.`. */
  readonly names: HashedDictionary;
  /** Addresses as 4 or 16 bytes in network order; text forms go through `addressId`. */
  readonly addresses: Dictionary;
  /** Any other text that rows repeat: record data, pod names, containers, upstreams. */
  readonly texts: Dictionary;
  /** The id of an address given as text (IPv4, IPv6 with or without zone or brackets), or null if it is none. */
  addressId(text: string): number | null;
  problem(problem: Problem): void;
  /** Says that this source covers this instant (seconds since 1970 UTC and nanoseconds). */
  seen(seconds: number, nanos: number): void;
  /** Says what some of its times are, where they are no dates of a known zone. */
  timesAre(base: TimeBase): void;
  /** Why the source is not complete, if it is not: `cut in frame 12 at byte 4096`. */
  incomplete(why: string): void;
}
