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
  const all = [...before, ...after].map((stretch) => residual(stretch, pooled));
  const isAfter = [...before.map(() => false), ...after.map(() => true)];
  const filled = all.flatMap((one, i) => (one.x > 0 ? [{ ...one, after: isAfter[i]! }] : []));
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
    p: shuffledP(filled, afterCount, difference, level),
    leastP,
  };
}

interface Residual {
  x: number;
  y: number;
  /** `y` less what is expected of `x`. */
  over: number;
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
function residual({ strata }: Stretch, pooled: Pooled): Residual {
  const sum: Residual = { x: 0, y: 0, over: 0 };
  for (const [key, { x, y }] of strata) {
    const { before, after, y: allY } = pooled.get(key)!;
    if (before === 0 || after === 0) continue;
    sum.x += x;
    sum.y += y;
    sum.over += y - (x * allY) / (before + after);
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

function shuffledP(
  filled: readonly Residual[],
  afterCount: number,
  difference: number,
  level: number,
): number {
  if (afterCount === 0 || afterCount === filled.length) return 1;
  const tries = Math.ceil(4 / level);
  // rounding of sums must not tell a shuffle that is the same from the sides as they are
  const bar = Math.abs(difference) * (1 - 1e-9);
  const random = mulberry32(filled.length);
  const order = [...filled];
  let asFar = 0;
  let tried = 0;
  for (; tried < tries && asFar <= level * (tries + 1); tried++) {
    for (let i = 0; i < afterCount; i++) {
      const j = i + Math.floor(random() * (order.length - i));
      [order[i], order[j]] = [order[j]!, order[i]!];
    }
    const shuffled = differenceOf(order.slice(afterCount), order.slice(0, afterCount));
    if (Math.abs(shuffled) >= bar) asFar++;
  }
  return (asFar + 1) / (tried + 1);
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
