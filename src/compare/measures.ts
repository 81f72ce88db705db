import type { Cause } from '../causes/cause.js';
import type { Cell, Rise, Side } from './side.js';
import type { Stretch } from './shuffle.js';

/** What is counted of some lookups: `y` of `x`. */
interface Rate {
  kind: 'rate';
  of: (cell: Cell) => { x: number; y: number };
}

/** How long lookups took: the value that this share of them stays below. */
interface Quantile {
  kind: 'quantile';
  share: number;
}

/** How much a conntrack counter rose. */
interface Counter {
  kind: 'counter';
  counter: string;
}

/** One thing that is compared. */
export interface Measure {
  id: string;
  /** As a row's title. */
  title: string;
  how: Rate | Quantile | Counter;
  /** What its values are in; `per thousand` is counted per one, and shown so. */
  unit: 'share' | 'seconds' | 'per lookup' | 'per thousand';
  /** What is shown before and after is counted over these. */
  over: 'lookups' | 'answers' | 'queries';
  /** A change that is smaller is none worth a word, whatever chance says: as a share of the value before, and in the unit. */
  least: { share: number; value: number };
  /** What is held against itself: each name of each workload, or each workload where its names do not matter. */
  each: 'name' | 'workload';
  /** How much it takes of `x` on each side to say anything. */
  enough: number;
  /** Whether less of it is better; null where it is neither. */
  lessIsBetter: boolean | null;
}

const ANY = { share: 0.2, value: 0 };

/** All that is compared, in the order in which it is shown. */
export const MEASURES: readonly Measure[] = [
  {
    id: 'slow-or-failed',
    title: 'slow or failed lookups',
    how: { kind: 'rate', of: (cell) => ({ x: cell.judged, y: cell.cause === null ? 0 : cell.judged }) },
    unit: 'share',
    over: 'lookups',
    each: 'name',
    least: ANY,
    enough: 30,
    lessIsBetter: true,
  },
  {
    id: 'seconds-lost',
    title: 'seconds lost per thousand lookups',
    how: { kind: 'rate', of: (cell) => ({ x: cell.judged, y: cell.hurt_seconds }) },
    unit: 'per thousand',
    over: 'lookups',
    each: 'name',
    least: ANY,
    enough: 30,
    lessIsBetter: true,
  },
  {
    id: 'p50',
    title: 'lookup time, median',
    how: { kind: 'quantile', share: 0.5 },
    unit: 'seconds',
    over: 'lookups',
    each: 'name',
    least: { share: 0.25, value: 0.001 },
    enough: 30,
    lessIsBetter: true,
  },
  {
    id: 'p99',
    title: 'lookup time, p99',
    how: { kind: 'quantile', share: 0.99 },
    unit: 'seconds',
    over: 'lookups',
    each: 'name',
    least: { share: 0.25, value: 0.005 },
    enough: 300,
    lessIsBetter: true,
  },
  {
    id: 'queries-per-lookup',
    title: 'queries per lookup',
    how: { kind: 'rate', of: (cell) => ({ x: cell.lookups, y: cell.queries }) },
    unit: 'per lookup',
    over: 'lookups',
    each: 'name',
    least: { share: 0.1, value: 0 },
    enough: 30,
    lessIsBetter: true,
  },
  {
    id: 'nxdomain',
    title: 'NXDOMAIN of all answers',
    how: { kind: 'rate', of: (cell) => ({ x: cell.answered, y: cell.nxdomain }) },
    unit: 'share',
    over: 'answers',
    each: 'name',
    least: { share: 0.1, value: 0.02 },
    enough: 30,
    lessIsBetter: null,
  },
  {
    id: 'unanswered',
    title: 'queries without an answer',
    how: { kind: 'rate', of: (cell) => ({ x: cell.answered + cell.unanswered, y: cell.unanswered }) },
    unit: 'share',
    over: 'queries',
    each: 'name',
    least: ANY,
    enough: 30,
    lessIsBetter: true,
  },
  {
    id: 'on-node',
    title: 'answered on the node (NodeLocal)',
    how: { kind: 'rate', of: (cell) => ({ x: cell.answered, y: cell.on_node }) },
    unit: 'share',
    over: 'answers',
    each: 'workload',
    least: { share: 0.1, value: 0.02 },
    enough: 30,
    lessIsBetter: false,
  },
  ...['insert_failed', 'drop', 'early_drop', 'clash_resolve'].map((counter): Measure => ({
    id: counter,
    title: `${counter} per thousand queries`,
    how: { kind: 'counter', counter },
    unit: 'per thousand',
    over: 'queries',
    each: 'name',
    least: ANY,
    enough: 30,
    // merged clashes hurt nobody
    lessIsBetter: counter === 'clash_resolve' ? null : true,
  })),
];

/** The share of lookups that are blamed on a cause; of all lookups, so that other causes do not change it. */
export function blamedOn({ id, hits }: Pick<Cause, 'id' | 'hits'>): Measure {
  return {
    id: `blamed-on-${id}`,
    title: id,
    how: { kind: 'rate', of: (cell) => ({ x: cell.judged, y: cell.cause === id ? cell.judged : 0 }) },
    unit: 'share',
    over: 'lookups',
    each: hits === 'names' ? 'name' : 'workload',
    least: ANY,
    enough: 30,
    lessIsBetter: true,
  };
}

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
  return rises.some((rise: Rise) => rise.counter === counter);
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
