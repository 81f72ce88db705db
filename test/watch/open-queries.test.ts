import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OpenQueries } from '../../src/watch/open-queries.js';

describe('open queries', () => {
  it('are a copy when seen again at once, a retry after a gap, and gone with their answer', () => {
    const open = new OpenQueries();
    expect(open.ask(7, 9, 100, 1, 2)).toBe('first');
    expect(open.ask(7, 9, 100.0001, 1, 2)).toBe('copy');
    expect(open.ask(7, 9, 105, 1, 2)).toBe(5);
    expect(open.answer(7, 9, 105.5)).toBe(5.5);
    expect(open.answer(7, 9, 105.6)).toBeNull();
    expect(open.size).toBe(0);
  });

  it('are given up when nobody asked again for long', () => {
    const open = new OpenQueries();
    open.ask(1, 1, 100, 1, 1);
    open.ask(2, 2, 104, 2, 2);
    expect(open.giveUp(103)).toBe(1);
    expect(open.answer(1, 1, 105)).toBeNull();
    expect(open.oldest(110, 5)).toEqual([{ since: 104, client: 2, name: 2 }]);
  });

  it('are found and let go as in a map, however their keys fall together', () => {
    // so few keys that most of them share a place with others
    const key = fc.record({
      low: fc.constantFrom(5, 6, 7, 262_144 + 5, 524_288 + 6),
      high: fc.constantFrom(0, 1, 2),
    });
    const step = fc.record({ key, asks: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const open = new OpenQueries();
        const expected = new Map<string, number>();
        const answers: (number | null)[] = [];
        const expectedAnswers: (number | null)[] = [];
        for (const [i, { key, asks }] of steps.entries()) {
          const name = `${key.low} ${key.high}`;
          const time = 1000 + i;
          if (asks) {
            open.ask(key.low, key.high, time, 1, 1);
            expected.set(name, expected.get(name) ?? time);
          } else {
            answers.push(open.answer(key.low, key.high, time));
            expectedAnswers.push(expected.has(name) ? time - expected.get(name)! : null);
            expected.delete(name);
          }
        }
        expect(answers).toEqual(expectedAnswers);
        expect(open.size).toBe(expected.size);
      }),
      { numRuns: 30 },
    );
  });
});
