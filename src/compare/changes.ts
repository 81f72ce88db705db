import type { Measure } from './measures.js';
import { type Stretch, shuffle } from './shuffle.js';
import type { Cell, Side } from './side.js';
import {
  counterStretches,
  durationClasses,
  durationStretches,
  hasCounter,
  quantileClass,
  rateStretches,
  type StratumOf,
} from './stretches.js';

/** What can be said of one measure on two sides. */
export type Outcome =
  /** Less or more than chance gives, and enough to matter. */
  | 'less'
  | 'more'
  /** Enough to matter, and no more than chance gives. */
  | 'chance'
  /** Too little to matter. */
  | 'same'
  /** The evidence is too small: nothing that could be seen in it would be sure. */
  | 'too-few'
  /** One side, or both, cannot show it. */
  | 'not-comparable';

export interface Change {
  measure: Measure;
  /** Values in the measure's own unit; null where a side cannot show it. */
  before: number | null;
  after: number | null;
  /** How many lookups, answers or queries each is of. */
  beforeOf: number;
  afterOf: number;
  outcome: Outcome;
  /** Why it is not comparable, or too few; else null. */
  because: string | null;
  /** The chance of such a change without a cause; null where it was not tested. */
  p: number | null;
}

/** Whether a measure is less or more, beyond chance. */
export function hasChanged({ outcome }: Change): boolean {
  return outcome === 'less' || outcome === 'more';
}

/** How sure a table of changes is as a whole: one false change in so many tables. */
export const LEVEL = 0.01;

/** Fewer stretches with lookups cannot be told apart. */
const LEAST_STRETCHES = 5;

/** Of what was asked, so much must be asked on both sides. */
const LEAST_SHARED = 0.5;

interface Counted {
  before: Stretch[];
  after: Stretch[];
  /** What is shown; null where it comes of the stretches' own sums. */
  values: { before: number | null; after: number | null } | null;
}

/** Compares one measure over some lookups of two sides; `tests` is how many are made for one table. */
export function compareMeasure(measure: Measure, before: Side, after: Side, tests: number): Change {
  const absent = whyAbsent(measure, before, after);
  const stratum = stratumOf(measure, before.cells, after.cells);
  const counted = count(measure, before, after, stratum);
  const [b, a] = [totals(counted.before), totals(counted.after)];
  const shown = {
    measure,
    before: counted.values === null ? rateOf(b) : counted.values.before,
    after: counted.values === null ? rateOf(a) : counted.values.after,
    beforeOf: b.x,
    afterOf: a.x,
  };
  const say = (outcome: Outcome, because: string | null, p: number | null = null): Change => ({
    ...shown,
    outcome,
    because,
    p,
  });
  if (absent !== null) return say('not-comparable', absent);
  if (shown.before === null || shown.after === null)
    return say('not-comparable', onlyOf(shown.before !== null, shown.after !== null, measure.over));
  if (b.x < measure.enough || a.x < measure.enough)
    return say('too-few', `fewer than ${measure.enough} ${measure.over}`);
  if (filled(counted.before) < LEAST_STRETCHES || filled(counted.after) < LEAST_STRETCHES)
    return say('too-few', 'too short a time');
  const level = LEVEL / tests;
  const { difference, shared, p, leastP } = shuffle(counted.before, counted.after, level);
  if (shared < LEAST_SHARED) return say('not-comparable', `other ${measure.each}s were seen`);
  const large = matters(measure, shown.before, shown.after, difference);
  if (large && p <= level) return say(shown.after < shown.before ? 'less' : 'more', null, p);
  if (b.y + a.y > 0 && leastP > level) return say('too-few', 'it happened too seldom', p);
  return say(large ? 'chance' : 'same', null, p);
}

/** Whether a change is worth a word, and goes the same way in what is shown as within what is held against itself. */
function matters({ least }: Measure, before: number, after: number, difference: number): boolean {
  const change = after - before;
  if (change === 0 || Math.sign(change) !== Math.sign(difference)) return false;
  return Math.abs(change) >= least.value && Math.abs(change) >= least.share * Math.max(before, after);
}

function count(measure: Measure, before: Side, after: Side, stratum: StratumOf): Counted {
  const { how } = measure;
  switch (how.kind) {
    case 'rate':
      return {
        before: rateStretches(how, before.cells, stratum),
        after: rateStretches(how, after.cells, stratum),
        values: null,
      };
    case 'counter':
      return { before: counterStretches(how, before), after: counterStretches(how, after), values: null };
    case 'quantile': {
      const score = scoreOf(how.share, before.cells, after.cells);
      const value = (cells: readonly Cell[]) => {
        const found = quantileClass(durationClasses(cells), how.share);
        return found === null || found.lookups === 0 ? null : found.seconds / found.lookups;
      };
      return {
        before: durationStretches(before.cells, stratum, score),
        after: durationStretches(after.cells, stratum, score),
        values: { before: value(before.cells), after: value(after.cells) },
      };
    }
  }
}

/** Of a median the rank among all lookups of both sides, 0 to 1; of a far quantile whether the lesser of the two is passed. */
function scoreOf(
  share: number,
  before: readonly Cell[],
  after: readonly Cell[],
): (durationClass: number) => number {
  const [b, a] = [durationClasses(before), durationClasses(after)];
  if (share !== 0.5) {
    const bar = Math.min(...[b, a].map((classes) => quantileClass(classes, share)?.class ?? Infinity));
    return (one) => (one > bar ? 1 : 0);
  }
  const both = durationClasses([...before, ...after]);
  const all = both.reduce((sum, { lookups }) => sum + lookups, 0);
  const ranks = new Map<number, number>();
  let below = 0;
  for (const { class: one, lookups } of both) {
    ranks.set(one, (below + lookups / 2) / all);
    below += lookups;
  }
  return (one) => ranks.get(one) ?? 0;
}

/** The name, of the same workload where that is seen on both sides: programs and pods come and go. */
function stratumOf({ each }: Measure, before: readonly Cell[], after: readonly Cell[]): StratumOf {
  if (each === 'workload') return ({ workload }) => workload;
  const onAfter = new Set(after.map(({ workload }) => workload));
  const onBoth = new Set(before.map(({ workload }) => workload).filter((workload) => onAfter.has(workload)));
  return ({ workload, name }) => JSON.stringify([onBoth.has(workload) ? workload : null, name]);
}

function whyAbsent({ how }: Measure, before: Side, after: Side): string | null {
  if (how.kind !== 'counter') return null;
  const [b, a] = [hasCounter(before, how), hasCounter(after, how)];
  return a && b ? null : onlyOf(b, a, 'conntrack counters');
}

function onlyOf(before: boolean, after: boolean, what: string): string {
  if (before) return `AFTER has no ${what}`;
  return after ? `BEFORE has no ${what}` : `neither has ${what}`;
}

function totals(stretches: readonly Stretch[]): { x: number; y: number } {
  const sum = { x: 0, y: 0 };
  for (const { strata } of stretches) {
    for (const { x, y } of strata.values()) {
      sum.x += x;
      sum.y += y;
    }
  }
  return sum;
}

function rateOf({ x, y }: { x: number; y: number }): number | null {
  return x > 0 ? y / x : null;
}

function filled(stretches: readonly Stretch[]): number {
  return stretches.filter(({ strata }) => [...strata.values()].some(({ x }) => x > 0)).length;
}
