import { layoutOf } from '../../raw/batch.js';
import { answers, packets, sightings } from '../../raw/tables/wire.js';
import { cacheSizes, memoryMap } from '../../raw/wasm/memory-map.js';
import { RECENT } from '../dns/recent-packets.js';

/** Tables whose rows the decoder in WebAssembly writes. */
export const WRITTEN = { sightings, packets, answers } as const;

/** Numbers of 32 bits that both decoders read and write. */
const CELLS = [
  /** Number of the last frame that was read. */
  'frame',
  /** Rows that are in the batches, and the id of the next packet. */
  'sightings_rows',
  'packets_rows',
  'answers_rows',
  'next_packet',
  /** Of the frames of one call: how many, their earliest and latest instants, and the seconds of the last one. */
  'frames',
  'first_seconds',
  'first_nanos',
  'last_seconds',
  'last_nanos',
  'seconds',
  /** Of the path that was asked for last: the client's address in addresses, and hashBytes of it. */
  'client_id',
  'client_hash',
  /** Counts how often all that the caches know was forgotten. */
  'generation',
] as const;
export type Cell = (typeof CELLS)[number];

/** What the decoder remembers of what it was told. */
export const CACHES = {
  names: { entries: 1 << 13, bytes: 128 },
  record_data: { entries: 1 << 13, bytes: 128 },
  paths: { entries: 1 << 12, bytes: 64 },
  shapes: { entries: 1 << 10, bytes: 32 },
} as const;

/** Octets of the window that records are read in: the longest block, and chunks. */
const WINDOW = 1 << 20;
/** Octets of text that a name can become, or of the names and numbers of a record's data. */
const TEXT = 8192;

/** Where all lies in the memory of the decoder in WebAssembly. */
export const MAP = memoryMap(CELLS, {
  ports: 65536,
  plain: 256,
  text: TEXT,
  recent_slots: 4 * RECENT.words,
  recent_octets: RECENT.ring,
  sightings: layoutOf(WRITTEN.sightings).bytes,
  packets: layoutOf(WRITTEN.packets).bytes,
  answers: layoutOf(WRITTEN.answers).bytes,
  ...cacheSizes(CACHES),
  window: WINDOW,
});
export type RegionName = keyof typeof MAP.regions;
