import { describe, expect, it } from 'vitest';
import { chart, chartColumns } from '../../src/packs/chart.js';

const LEAST = { mark: 'bar', x: 'a', y: 'b' };

describe('a declared chart', () => {
  it('needs a mark, x and y, and may leave all else out', () => {
    expect(chart(LEAST)).toEqual({
      mark: 'bar',
      x: 'a',
      x_end: null,
      y: ['b'],
      color: null,
      panel: null,
      step: null,
      x_scale: 'linear',
      y_scale: 'linear',
      at: {},
      beside: null,
      faint: null,
      label: [],
    });
  });

  it('names every column that it draws', () => {
    const all = {
      ...LEAST,
      x_end: 'c',
      panel: 'd',
      beside: 'e',
      faint: 'f',
      label: ['g', 'h'],
      step: 'no_column',
    };
    expect(chartColumns(chart(all))).toEqual(['a', 'c', 'b', 'd', 'e', 'f', 'g', 'h']);
  });

  it.each([
    ['bar', 'must be a mapping of mark, x, y and more'],
    [{ ...LEAST, mark: 'pie' }, 'must have a mark of bar, line, point, range'],
    [{ ...LEAST, colour: 'c' }, 'has an unknown key "colour"'],
    [{ ...LEAST, y: 'Not A Name' }, 'must name a column or parameter as its y'],
    [{ ...LEAST, y_scale: 'root' }, 'must have a y_scale of linear, log'],
    [{ ...LEAST, color: 'c' }, 'must use panel, not color, for bars and ranges'],
    [{ ...LEAST, mark: 'range' }, 'must have two or three columns y for a range'],
    [{ ...LEAST, y: ['a', 'b', 'c', 'd', 'e'] }, 'at most four for another mark'],
    [{ ...LEAST, y: ['a', 'b'], panel: 'c' }, 'must have one column y'],
    [{ ...LEAST, at: { five: 'x' } }, 'must have an "at" that maps values of x'],
  ])('%j is refused', (value, sentence) => {
    expect(() => chart(value)).toThrow(sentence);
  });
});
