import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  grownFromZero,
  linear,
  logarithmic,
  logDomain,
  logTicks,
  temporal,
} from '../../../src/report/charts/scale.js';

describe('a straight scale', () => {
  it('has ticks at round values, whole ones of what is counted', () => {
    expect(linear([0, 7], 100, 5).ticks).toEqual([0, 2, 4, 6]);
    expect(linear([0, 1], 100, 5, true).ticks).toEqual([0, 1]);
    expect(linear([0, 1], 100, 5).ticks).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  });

  it('grows from 0, or from what is below, to a round value over the highest', () => {
    expect(grownFromZero([3, 7], 4, 'queries')).toEqual([0, 8]);
    expect(grownFromZero([-3, 4], 4, 'queries')).toEqual([-4, 4]);
    expect(grownFromZero([0, 0], 3, 'queries')).toEqual([0, 1]);
  });

  it('places every value within its length', () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(finite, finite, finite, (from, to, value) => {
        const { at, ticks } = linear([Math.min(from, to), Math.max(from, to)], 100, 5);
        expect(at(value)).toBeGreaterThanOrEqual(0);
        expect(at(value)).toBeLessThanOrEqual(100);
        expect(ticks.length).toBeLessThanOrEqual(100);
        expect(ticks.filter((tick) => !Number.isFinite(tick))).toEqual([]);
      }),
      {
        examples: [
          [3.9e293, -Number.MAX_VALUE, 3.9e293],
          [-Number.MAX_VALUE, Number.MAX_VALUE, 0],
          [0, Number.MIN_VALUE, 1],
        ],
      },
    );
  });
});

describe('a scale of times', () => {
  it('has ticks where clocks have them', () => {
    const from = Date.UTC(2026, 0, 1, 12, 0, 7);
    const { ticks } = temporal([from, from + 60_000], 600, 6);
    expect(ticks.map((tick) => new Date(tick).toISOString().slice(11, 19))).toEqual([
      '12:00:10',
      '12:00:20',
      '12:00:30',
      '12:00:40',
      '12:00:50',
      '12:01:00',
    ]);
    expect(temporal([0, 30 * 86_400_000], 600, 6).ticks.length).toBeLessThanOrEqual(8);
  });
});

describe('a logarithmic scale', () => {
  it.each([
    [
      [0.002, 0.3],
      [0.001, 1],
    ],
    [[5], [1, 10]],
    [
      [0, -1],
      [1, 10],
    ],
  ] as [number[], [number, number]][])('of %j reaches over whole powers of ten', (values, domain) => {
    const [from, to] = logDomain(values);
    expect(from).toBeCloseTo(domain[0]);
    expect(to).toBeCloseTo(domain[1]);
  });

  it('has few labels where it is long, and some between powers where it is short', () => {
    expect(logTicks([1, 100], 7)).toEqual([1, 2, 5, 10, 20, 50, 100]);
    expect(logTicks([1e-3, 1], 4)).toEqual([0.001, 0.01, 0.1, 1]);
    expect(logTicks([1e-12, 1e12], 5).length).toBeLessThanOrEqual(5);
  });

  it('places what it cannot show at its start', () => {
    const { at } = logarithmic([0.1, 10], 100, 5);
    expect([at(0), at(1), at(10)]).toEqual([0, 50, 100]);
  });
});
