import { layoutOf } from '../../raw/batch.js';
import { logQueries } from '../../raw/tables/logs.js';
import { cacheSizes, memoryMap } from '../../raw/wasm/memory-map.js';

/** Tables whose rows the reader in WebAssembly writes. */
export const WRITTEN = { log_queries: logQueries } as const;

/** Numbers of 32 bits that both readers read and write. */
const CELLS = [
  /** Rows that are in the batch once lines were read. */
  'log_queries_rows',
  /** Of the lines of one call: how many, how many of them say when they were written, and the earliest and latest of these instants. */
  'lines',
  'timed',
  'first_seconds',
  'first_nanos',
  'last_seconds',
  'last_nanos',
  /** hashBytes of the octets of the name or address that was asked for last. */
  'hash',
  /** Counts how often all that the caches know was forgotten. */
  'generation',
] as const;
export type Cell = (typeof CELLS)[number];

/** What stands before a line with the time that it was written at. */
export const STAMP = { none: 0, rfc3339: 1, cri: 2 } as const;

/** What texts of lines mean, a cache for each kind. */
export const CACHES = {
  types: { entries: 1 << 6, bytes: 32 },
  rcodes: { entries: 1 << 6, bytes: 32 },
  names: { entries: 1 << 15, bytes: 128 },
  clients: { entries: 1 << 12, bytes: 64 },
  texts: { entries: 1 << 8, bytes: 128 },
} as const;
export type Kind = keyof typeof CACHES;
/** They are numbered by their places here. */
export const KINDS = Object.keys(CACHES) as readonly Kind[];

/** What stands between the parts of a line. */
export const LITERALS = {
  pod: '[pod/',
  prefix: '] ',
  whole: ' stdout F ',
  info: '[INFO] ',
  blank: ' ',
  port: ':',
  closed_port: ']:',
  dash: ' - ',
  quote: ' "',
  internet: ' IN ',
  udp: ' udp ',
  tcp: ' tcp ',
  dnssec_ok: ' true ',
  no_dnssec: ' false ',
  unquote: '" ',
  end_quote: '"',
} as const;

/** Octets of the window that lines are read in, as many as chunks of files have. */
const WINDOW = 1 << 20;

/** Where all lies in the memory of the reader in WebAssembly. */
export const MAP = memoryMap(CELLS, {
  /** The text of a minute. */
  minute: 16,
  log_queries: layoutOf(logQueries).bytes,
  ...cacheSizes(CACHES),
  window: WINDOW,
});
export type RegionName = keyof typeof MAP.regions;
