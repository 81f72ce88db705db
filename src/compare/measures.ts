import type { Cause } from '../causes/cause.js';
import type { Cell } from './side.js';

/** What is counted of some lookups: `y` of `x`. */
export interface Rate {
  kind: 'rate';
  of: (cell: Cell) => { x: number; y: number };
}

/** How long lookups took: the value that this share of them stays below. */
interface Quantile {
  kind: 'quantile';
  share: number;
}

/** How much a conntrack counter rose. */
export interface Counter {
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

/** What most measures have in common. */
const USUAL = {
  over: 'lookups',
  each: 'name',
  least: { share: 0.2, value: 0 },
  enough: 30,
  lessIsBetter: true,
} as const;

/** All that is compared, in the order in which it is shown. */
export const MEASURES: readonly Measure[] = [
  {
    ...USUAL,
    id: 'slow-or-failed',
    title: 'slow or failed lookups',
    how: { kind: 'rate', of: (cell) => ({ x: cell.judged, y: cell.cause === null ? 0 : cell.judged }) },
    unit: 'share',
  },
  {
    ...USUAL,
    id: 'seconds-lost',
    title: 'seconds lost per thousand lookups',
    how: { kind: 'rate', of: (cell) => ({ x: cell.judged, y: cell.hurt_seconds }) },
    unit: 'per thousand',
  },
  {
    ...USUAL,
    id: 'p50',
    title: 'lookup time, median',
    how: { kind: 'quantile', share: 0.5 },
    unit: 'seconds',
    least: { share: 0.25, value: 0.001 },
  },
  {
    ...USUAL,
    id: 'p99',
    title: 'lookup time, p99',
    how: { kind: 'quantile', share: 0.99 },
    unit: 'seconds',
    least: { share: 0.25, value: 0.005 },
    enough: 300,
  },
  {
    ...USUAL,
    id: 'queries-per-lookup',
    title: 'queries per lookup',
    how: { kind: 'rate', of: (cell) => ({ x: cell.lookups, y: cell.queries }) },
    unit: 'per lookup',
    least: { share: 0.1, value: 0 },
  },
  {
    ...USUAL,
    id: 'nxdomain',
    title: 'NXDOMAIN of all answers',
    how: { kind: 'rate', of: (cell) => ({ x: cell.answered, y: cell.nxdomain }) },
    unit: 'share',
    over: 'answers',
    least: { share: 0.1, value: 0.02 },
    lessIsBetter: null,
  },
  {
    ...USUAL,
    id: 'unanswered',
    title: 'queries without an answer',
    how: { kind: 'rate', of: (cell) => ({ x: cell.answered + cell.unanswered, y: cell.unanswered }) },
    unit: 'share',
    over: 'queries',
  },
  {
    ...USUAL,
    id: 'on-node',
    title: 'answered on the node (NodeLocal)',
    how: { kind: 'rate', of: (cell) => ({ x: cell.answered, y: cell.on_node }) },
    unit: 'share',
    over: 'answers',
    each: 'workload',
    least: { share: 0.1, value: 0.02 },
    lessIsBetter: false,
  },
  ...['insert_failed', 'drop', 'early_drop', 'clash_resolve'].map((counter): Measure => ({
    ...USUAL,
    id: counter,
    title: `${counter} per thousand queries`,
    how: { kind: 'counter', counter },
    unit: 'per thousand',
    over: 'queries',
    // merged clashes hurt nobody
    lessIsBetter: counter === 'clash_resolve' ? null : true,
  })),
];

/** The share of lookups that are blamed on a cause; of all lookups, so that other causes do not change it. */
export function blamedOn({ id, hits }: Pick<Cause, 'id' | 'hits'>): Measure {
  return {
    ...USUAL,
    id: `blamed-on-${id}`,
    title: id,
    how: { kind: 'rate', of: (cell) => ({ x: cell.judged, y: cell.cause === id ? cell.judged : 0 }) },
    unit: 'share',
    each: hits === 'names' ? 'name' : 'workload',
  };
}
