import type { Counter, Rate } from './measures.js';
import type { Stretch } from './shuffle.js';
import type { Cell, Side } from './side.js';

/** Tells strata apart that are compared each with its own. */
export type StratumOf = (cell: Cell) => string;

/** A rate's counts on one side, by stretch and stratum. */
export function rateStretches({ of }: Rate, cells: readonly Cell[], stratum: StratumOf): Stretch[] {
  return stretches(cells, (cell) => [stratum(cell), of(cell)]);
}

/** A counter's rise beside the queries of each stretch; it counts all traffic, so that there are no strata. */
export function counterStretches({ counter }: Counter, { cells, rises }: Side): Stretch[] {
  const queries = cells.map(({ block, queries: x }) => ({ block, x, y: 0 }));
  const rose = rises
    .filter((rise) => rise.counter === counter)
    .map(({ block, increase: y }) => ({ block, x: 0, y }));
  return stretches([...queries, ...rose], (one) => ['', one]);
}

/** How many lookups of each stretch and stratum there are, and the sum of what `score` says of their class of duration. */
export function durationStretches(
  cells: readonly Cell[],
  stratum: StratumOf,
  score: (durationClass: number) => number,
): Stretch[] {
  const timed = cells.filter((cell) => cell.class !== null);
  return stretches(timed, (cell) => [stratum(cell), { x: cell.judged, y: cell.judged * score(cell.class!) }]);
}

/** Whether a side has samples of the counter between its lookups. */
export function hasCounter({ rises }: Side, { counter }: Counter): boolean {
  return rises.some((rise) => rise.counter === counter);
}

function stretches<T extends { block: number }>(
  rows: readonly T[],
  read: (row: T) => [stratum: string, counts: { x: number; y: number }],
): Stretch[] {
  const byBlock = new Map<number, Stretch>();
  for (const row of rows) {
    const [key, { x, y }] = read(row);
    const stretch = byBlock.get(row.block) ?? { strata: new Map<string, { x: number; y: number }>() };
    byBlock.set(row.block, stretch);
    const known = stretch.strata.get(key) ?? { x: 0, y: 0 };
    stretch.strata.set(key, { x: known.x + x, y: known.y + y });
  }
  return [...byBlock.values()];
}

/** How long lookups of each class took on average. */
export interface DurationClass {
  class: number;
  lookups: number;
  seconds: number;
}

export function durationClasses(cells: readonly Cell[]): DurationClass[] {
  const classes = new Map<number, DurationClass>();
  for (const cell of cells) {
    if (cell.class === null) continue;
    const known = classes.get(cell.class) ?? { class: cell.class, lookups: 0, seconds: 0 };
    known.lookups += cell.judged;
    known.seconds += cell.seconds;
    classes.set(cell.class, known);
  }
  return [...classes.values()].sort((a, b) => a.class - b.class);
}

/** The class in which a quantile lies; null without lookups. */
export function quantileClass(classes: readonly DurationClass[], share: number): DurationClass | null {
  const all = classes.reduce((sum, { lookups }) => sum + lookups, 0);
  let below = 0;
  return classes.find(({ lookups }) => (below += lookups) >= share * all) ?? null;
}
