import { describe, expect, it } from 'vitest';
import { axisLabel, timeLabels, timeTitle, words } from '../../../src/report/charts/axis.js';

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
    ['wait_seconds', 2.5, '2.5 s'],
    ['wait_seconds', 0.002, '2 ms'],
    ['wait_seconds', 0, '0 s'],
    ['wasted_share', 0.75, '75 %'],
    ['answer_bytes', 1500, '1.50 kB'],
    ['client_port', 40000, '40000'],
    ['queries', 1500, '1,500'],
    ['queries', 25_000, '25k'],
    ['queries', 0.5, '0.5'],
    ['queries', -3, '-3'],
  ])('of %s writes %d as %s', (column, value, shown) => {
    expect(axisLabel(value, column)).toBe(shown);
  });

  it.each([
    [60, '00:00:30', 'time (UTC), 2026-01-01'],
    [2 * 3600, '00:00', 'time (UTC), 2026-01-01'],
    [30 * 3600, '01, 00:00', 'time (UTC), 2026-01-01 to 2026-01-02'],
    [9 * 86_400, '01-01', 'time (UTC), 2026-01-01 to 2026-01-10'],
  ])('of %i seconds shows times as fine as they need', (seconds, shown, title) => {
    const from = Date.UTC(2026, 0, 1);
    expect(timeLabels(from, from + seconds * 1000)(from + 30_000)).toBe(shown);
    expect(timeTitle(from, from + seconds * 1000)).toBe(title);
  });

  it('names no day where the evidence tells none', () => {
    expect(timeTitle(0, 5000)).toBe('time, day unknown');
  });
});
