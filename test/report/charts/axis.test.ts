import { describe, expect, it } from 'vitest';
import { logDomain, logTicks, timeFormat, timeTitle, words } from '../../../src/report/charts/axis.js';

describe('an axis', () => {
  it.each([
    ['p99_seconds', 'p99'],
    ['seconds', 'seconds'],
    ['answer_bytes', 'answer'],
    ['wasted_share', 'wasted share'],
  ])('calls %s "%s"', (column, shown) => {
    expect(words(column)).toBe(shown);
  });

  it.each([
    [60, '%H:%M:%S', 'time (UTC), 2026-01-01'],
    [2 * 3600, '%H:%M', 'time (UTC), 2026-01-01'],
    [30 * 3600, '%d, %H:%M', 'time (UTC), 2026-01-01 to 2026-01-02'],
    [9 * 86_400, '%b %d', 'time (UTC), 2026-01-01 to 2026-01-10'],
  ])('of %i seconds shows times as fine as they need', (seconds, format, title) => {
    const from = Date.UTC(2026, 0, 1);
    expect(timeFormat(from, from + seconds * 1000)).toBe(format);
    expect(timeTitle(from, from + seconds * 1000)).toBe(title);
  });
});

describe('a logarithmic axis', () => {
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
});
