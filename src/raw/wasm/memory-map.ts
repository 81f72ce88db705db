/** Octets that may be read, and not used, behind those that are meant: a vector of 16 begins at the last one. */
const SLACK = 16;
/** Where compiled code keeps its own constants. */
const FIRST = 4096;
const PAGE = 65536;

export interface Region {
  at: number;
  bytes: number;
}

/** Entries of a cache, and octets of one. Each is a power of 2. */
export interface CacheSize {
  readonly entries: number;
  readonly bytes: number;
}

/** Where all lies in the memory of a module in WebAssembly, by name. */
export interface MemoryMap<Name extends string, Cell extends string> {
  readonly regions: Readonly<Record<Name, Region>>;
  /** Numbers of 32 bits that both sides read and write, in the region `cells`. */
  readonly cells: readonly Cell[];
  /** Pages of 64 KB that it takes. */
  readonly pages: number;
}

/** The map of a memory with these cells and, behind them, regions of so many octets. */
export function memoryMap<Name extends string, Cell extends string>(
  cells: readonly Cell[],
  sizes: Readonly<Record<Name, number>>,
): MemoryMap<Name | 'cells', Cell> {
  const regions: Record<string, Region> = {};
  let at = FIRST;
  for (const [name, bytes] of Object.entries<number>({ cells: 4 * cells.length, ...sizes })) {
    regions[name] = { at, bytes };
    at = (at + bytes + SLACK + 63) & ~63;
  }
  return { regions: regions as Record<Name | 'cells', Region>, cells, pages: Math.ceil(at / PAGE) };
}

/** Octets of caches by their names, for a map. */
export function cacheSizes<Name extends string>(
  caches: Readonly<Record<Name, CacheSize>>,
): Record<Name, number> {
  const sizes = Object.entries<CacheSize>(caches).map(([name, { entries, bytes }]) => [
    name,
    entries * bytes,
  ]);
  return Object.fromEntries(sizes) as Record<Name, number>;
}
