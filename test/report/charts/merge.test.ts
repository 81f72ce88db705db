import { describe, expect, it } from 'vitest';
import { mergeMarks } from '../../../src/report/charts/merge.js';

function merged(measure: string, values: (number | null)[], most: number) {
  const notes: string[] = [];
  const marks = values.map((y, i) => ({ x: i, x2: i + 1, y, series: '', panel: '', measure }));
  return { marks: mergeMarks(marks, most, notes), notes };
}

describe('marks of too many places', () => {
  it.each([
    ['queries', [1, 2, 3, 4], [3, 7]],
    ['wasted_share', [0.1, 0.3, 0.5, 0.5], [0.2, 0.5]],
    ['queries_per_second', [1, 3, 5, 7], [2, 6]],
    ['p99_seconds', [1, 2, 9, 4], [2, 9]],
    ['queries', [null, null, null, 4], [null, 4]],
    ['most_packets_in_a_second', [5, 9, 2, 1], [9, 2]],
  ])('of %s become fewer by what their unit allows', (measure, values, expected) => {
    expect(merged(measure, values, 2).marks.map(({ y }) => y)).toEqual(expected);
  });

  it('reach from the first to the last that they stand for, and it is noted', () => {
    const { marks, notes } = merged('queries', [1, 1, 1, 1], 2);
    expect(marks.map(({ x, x2 }) => [x, x2])).toEqual([
      [0, 2],
      [2, 4],
    ]);
    expect(notes).toEqual(['Of 4 places along the axis neighbours are put together, 2 are drawn.']);
  });

  it('stay as they are where they are few enough', () => {
    expect(merged('queries', [1, 2], 2)).toMatchObject({ marks: [{ y: 1 }, { y: 2 }], notes: [] });
  });
});
