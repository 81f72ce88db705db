/** What was counted in one stretch of time: `y` of `x`, by stratum. */
export interface Stretch {
  strata: Map<string, { x: number; y: number }>;
}

/** What shuffling says of a rate that was measured twice. */
export interface Shuffled {
  /** After less before, of what both sides asked: the rate of each stratum beside its own. */
  difference: number;
  /** The part of `x` that lies in strata of both sides, on the side where that is less. */
  shared: number;
  /** How often stretches that change sides at random differ as much. */
  p: number;
  /** The smallest such p that these stretches could give, if all that happened had happened on one side. */
  leastP: number;
}

/**
 * Whether a rate differs between two sides by more than chance: a permutation test over stretches of time, which lie together
 * as they were (a burst is one event). Each stretch counts by how far it is from what its strata have on both sides
 * together, so that other names asked are no change. Tries as many shuffles as `level` needs. The same input
 * always gives the same p.
 */
export function shuffle(before: readonly Stretch[], after: readonly Stretch[], level: number): Shuffled {
  const pooled = pool(before, after);
  const own = (side: 'before' | 'after') =>
    [...pooled.values()].reduce((sum, stratum) => sum + stratum[side], 0);
  const inBoth = [...pooled.values()].filter((stratum) => stratum.before > 0 && stratum.after > 0);
  const shared = Math.min(
    ...(['before', 'after'] as const).map(
      (side) => inBoth.reduce((sum, stratum) => sum + stratum[side], 0) / own(side),
    ),
  );
  const filled = [
    ...before.map((stretch) => residual(stretch, pooled, false)),
    ...after.map((stretch) => residual(stretch, pooled, true)),
  ].filter(({ x }) => x > 0);
  const afterCount = filled.filter((one) => one.after).length;
  const difference = differenceOf(
    filled.filter((one) => !one.after),
    filled.filter((one) => one.after),
  );
  const eventful = filled.filter(({ y }) => y > 0).length;
  const leastP = fewest(filled.length, afterCount, eventful);
  return {
    difference,
    shared: Number.isFinite(shared) ? shared : 0,
    p: shuffledP(filled, level),
    leastP,
  };
}

interface Residual {
  x: number;
  y: number;
  /** `y` less what is expected of `x`. */
  over: number;
  after: boolean;
}

type Pooled = Map<string, { before: number; after: number; y: number }>;

function pool(before: readonly Stretch[], after: readonly Stretch[]): Pooled {
  const pooled: Pooled = new Map();
  const add = (stretches: readonly Stretch[], side: 'before' | 'after') => {
    for (const { strata } of stretches) {
      for (const [key, { x, y }] of strata) {
        const known = pooled.get(key) ?? { before: 0, after: 0, y: 0 };
        known[side] += x;
        known.y += y;
        pooled.set(key, known);
      }
    }
  };
  add(before, 'before');
  add(after, 'after');
  return pooled;
}

/** What a stretch has over what is expected of it; of strata of both sides only, as the others say nothing of a change. */
function residual({ strata }: Stretch, pooled: Pooled, after: boolean): Residual {
  const sum: Residual = { x: 0, y: 0, over: 0, after };
  for (const [key, { x, y }] of strata) {
    const stratum = pooled.get(key)!;
    if (stratum.before === 0 || stratum.after === 0) continue;
    sum.x += x;
    sum.y += y;
    sum.over += y - (x * stratum.y) / (stratum.before + stratum.after);
  }
  return sum;
}

function differenceOf(before: readonly Residual[], after: readonly Residual[]): number {
  return meanOver(after) - meanOver(before);
}

function meanOver(stretches: readonly Residual[]): number {
  let x = 0;
  let over = 0;
  for (const stretch of stretches) {
    x += stretch.x;
    over += stretch.over;
  }
  return x === 0 ? 0 : over / x;
}

/**
 * Draws the smaller side anew from all stretches, the larger being the rest. A change must be rare twice over: by the lookups, and by
 * the stretches whatever their lookups, as what comes and goes in time is no likelier to be seen where more is asked.
 */
function shuffledP(filled: readonly Residual[], level: number): number {
  const sides = [filled.filter((one) => !one.after), filled.filter((one) => one.after)];
  const [smaller, larger] = sides.sort((one, other) => one.length - other.length) as [Residual[], Residual[]];
  if (smaller.length === 0) return 1;
  const stretches = [...smaller, ...larger];
  const [byLookups, byStretches] = [new Draws(stretches, ({ x }) => x), new Draws(stretches, () => 1)];
  const observed = [byLookups, byStretches].map((draws) => draws.differenceOf(smaller.length));
  if (observed[0]! * observed[1]! <= 0) return 1;
  const tries = Math.ceil(4 / level);
  const random = mulberry32(filled.length);
  const asFar = [0, 0];
  let tried = 0;
  for (; tried < tries && Math.max(...asFar) <= level * (tries + 1); tried++) {
    for (let i = 0; i < smaller.length; i++) {
      const j = i + Math.floor(random() * (stretches.length - i));
      byLookups.swap(i, j);
      byStretches.swap(i, j);
    }
    [byLookups, byStretches].forEach((draws, i) => {
      // rounding of sums must not tell a shuffle that is the same from the sides as they are
      if (Math.abs(draws.differenceOf(smaller.length)) >= Math.abs(observed[i]!) * (1 - 1e-9)) asFar[i]!++;
    });
  }
  return (Math.max(...asFar) + 1) / (tried + 1);
}

/** Stretches in an order that changes, each with a weight, and what it has over what is expected for one of it. */
class Draws {
  private readonly weights: Float64Array;
  private readonly overs: Float64Array;
  private readonly weight: number;
  private readonly over: number;

  constructor(stretches: readonly Residual[], weightOf: (stretch: Residual) => number) {
    this.weights = Float64Array.from(stretches, weightOf);
    this.overs = Float64Array.from(stretches, (one) => (one.over / one.x) * weightOf(one));
    this.weight = this.weights.reduce((sum, value) => sum + value, 0);
    this.over = this.overs.reduce((sum, value) => sum + value, 0);
  }

  swap(i: number, j: number): void {
    swap(this.weights, i, j);
    swap(this.overs, i, j);
  }

  /** What the first `drawn` have over what is expected, for one of each weight, less what the others have. */
  differenceOf(drawn: number): number {
    let weight = 0;
    let over = 0;
    for (let i = 0; i < drawn; i++) {
      weight += this.weights[i]!;
      over += this.overs[i]!;
    }
    return over / weight - (this.over - over) / (this.weight - weight);
  }
}

function swap(values: Float64Array, i: number, j: number): void {
  const value = values[i]!;
  values[i] = values[j]!;
  values[j] = value;
}

/** The chance that all stretches in which something happened fall on the larger side. */
function fewest(all: number, after: number, eventful: number): number {
  if (eventful === 0) return 1;
  const chanceOn = (side: number) => {
    let chance = 1;
    for (let i = 0; i < eventful; i++) chance *= Math.max(0, side - i) / (all - i);
    return chance;
  };
  const chances = [chanceOn(after), chanceOn(all - after)].filter((chance) => chance > 0);
  // on both sides something must have happened then, and the rates may still differ
  return chances.length === 0 ? 0 : Math.min(...chances);
}

/** A small generator of numbers from 0 to 1 with a fixed start; shuffles need no more. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
