import { describe, expect, it } from 'vitest';
import { Budget } from '../../../src/report/page/budget.js';

const rows = Array.from({ length: 10_000 }, (_, i) => i);

describe("the page's budget", () => {
  it('lets a table have as many rows as a person reads', () => {
    expect(new Budget().take(rows, () => 1)).toBe(500);
  });

  it('lets no table have more than its part', () => {
    expect(new Budget().take(rows, () => 1000)).toBe(110);
  });

  it('gives out no more than there is, however many tables ask', () => {
    const budget = new Budget();
    const given = Array.from({ length: 100 }, () => budget.take(rows, () => 1000));
    expect(given.reduce((sum, count) => sum + count, 0)).toBe(1300);
    expect(given.at(-1)).toBe(0);
  });
});
