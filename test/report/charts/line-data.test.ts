import { describe, expect, it } from 'vitest';
import { linePoints, topLine } from '../../../src/report/charts/line-data.js';

const window = (x: number, y: number | null, series = 'a') => ({ x, x2: x + 10, y, series });
const panel = (measure: string, ...marks: ReturnType<typeof window>[]) => ({
  title: 't',
  measure,
  marks,
  limit: null,
});

describe('the points of lines', () => {
  it('stand at the middles of windows, and break where a window is missing', () => {
    const points = linePoints(panel('queries', window(0, 1), window(10, 2), window(40, 3)), ['a']);
    expect(points.map(({ x, y }) => [x, y])).toEqual([
      [5, 1],
      [15, 2],
      [20, null],
      [45, 3],
    ]);
  });

  it('are 0 where a window has rows, but none of a count, and a gap where it has none of a duration', () => {
    const marks = [window(0, 1), window(10, 2), window(10, 5, 'b')];
    const ys = (measure: string) => linePoints(panel(measure, ...marks), ['b']).map(({ y }) => y);
    expect(ys('queries')).toEqual([0, 5]);
    expect(ys('p99_seconds')).toEqual([null, 5]);
  });

  it('are marked where no line reaches them', () => {
    const points = linePoints(panel('p99_seconds', window(0, 1), window(10, null), window(20, 3)), ['a']);
    expect(points.filter(({ lone }) => lone).map(({ x }) => x)).toEqual([5, 25]);
  });

  it('have no windows where the rows have no length', () => {
    const marks = [
      { x: 1, x2: null, y: 4, series: 'a' },
      { x: 9, x2: null, y: 5, series: 'b' },
    ];
    expect(
      linePoints({ title: 't', measure: 'n', limit: null, marks }, ['a', 'b']).map(({ x, y }) => [x, y]),
    ).toEqual([
      [1, 4],
      [9, 5],
    ]);
  });
});

describe('the line along the tops of bars', () => {
  it('is one where bars touch, and breaks where they do not', () => {
    const points = topLine([window(30, 7), window(0, 1), window(10, 0)]);
    expect(points.map(({ x, y }) => [x, y])).toEqual([
      [0, 1],
      [10, 1],
      [10, 0],
      [20, 0],
      [20, null],
      [30, 7],
      [40, 7],
      [40, null],
    ]);
  });
});
