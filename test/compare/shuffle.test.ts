import { describe, expect, it } from 'vitest';
import { shuffle, type Stretch } from '../../src/compare/shuffle.js';

const LEVEL = 0.01;

/** Stretches of `x` lookups each, with these counts of what happened. */
const stretches = (x: number, counts: readonly number[], stratum = 'a'): Stretch[] =>
  counts.map((y) => ({ strata: new Map([[stratum, { x, y }]]) }));

const repeated = (times: number, value: number) => Array.from({ length: times }, () => value);

describe('shuffling stretches of time', () => {
  it('finds nothing between a side and itself', () => {
    const side = stretches(50, [0, 3, 1, 0, 2, 5, 0, 1, 0, 2]);
    expect(shuffle(side, side, LEVEL)).toMatchObject({ difference: 0, shared: 1, p: 1 });
  });

  it('is sure of what happens in each stretch of one side and in none of the other', () => {
    const { difference, p } = shuffle(stretches(50, repeated(12, 3)), stretches(50, repeated(12, 0)), 0.001);
    expect(difference).toBeCloseTo(-0.06);
    expect(p).toBeLessThan(0.001);
  });

  it('takes a burst for one event, however much is lost in it', () => {
    const burst = stretches(50, [0, 0, 50, 0, 0, 0, 0, 0, 0, 0]);
    const { p, leastP } = shuffle(burst, stretches(50, repeated(10, 0)), LEVEL);
    expect(p).toBeGreaterThan(0.1);
    expect(leastP).toBe(0.5);
  });

  it('is not sure of what came and went, though one side asked more while it was away', () => {
    const asked = stretches(60, repeated(12, 0));
    const waited = stretches(10, [...repeated(5, 1), ...repeated(7, 0)]);
    expect(shuffle(asked, waited, LEVEL).p).toBeGreaterThan(LEVEL);
    expect(shuffle(asked, stretches(10, repeated(12, 1)), LEVEL).p).toBeLessThan(LEVEL);
  });

  it('holds each name against itself, so that other shares of the names are no change', () => {
    const both = (slow: number, quick: number): Stretch[] =>
      repeated(12, 0).map(() => ({
        strata: new Map([
          ['slow.example', { x: slow, y: slow / 2 }],
          ['quick.example', { x: quick, y: 0 }],
        ]),
      }));
    const { difference, p } = shuffle(both(40, 10), both(10, 40), LEVEL);
    expect(difference).toBeCloseTo(0);
    expect(p).toBe(1);
  });

  it('says how little the sides have in common', () => {
    expect(shuffle(stretches(10, [1, 1], 'a'), stretches(10, [0, 0], 'b'), LEVEL)).toMatchObject({
      shared: 0,
      difference: 0,
      p: 1,
    });
  });

  it('is wrong of sides that are alike hardly more often than its level says, bursts or none', () => {
    let state = 7;
    const random = () => {
      state = (state * 48271) % 2147483647;
      return state / 2147483647;
    };
    const side = () =>
      stretches(
        40,
        repeated(12, 0).map(() => (random() < 0.4 ? Math.floor(random() * 20) : 0)),
      );
    const found = repeated(300, 0).filter(() => shuffle(side(), side(), 0.05).p <= 0.05).length;
    expect(found).toBeLessThan(25);
    expect(found).toBeGreaterThan(3);
  });
});
