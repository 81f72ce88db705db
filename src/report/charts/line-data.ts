import { measureOf } from '../cell.js';
import type { Panel } from './plot-data.js';
import type { Mark } from './mark.js';

/** A point of a line; `lone` where it has no neighbour to be joined with. */
export interface LinePoint {
  x: number;
  y: number | null;
  series: string;
  lone: boolean;
}

/**
 * The points of a panel's lines, by x. Where windows are known, a line stands at their middles, breaks where
 * one is missing, and a count is 0 where a window has rows, but none of this series.
 */
export function linePoints({ marks, measure }: Panel, series: readonly string[]): LinePoint[] {
  const windows = new Map(marks.map((mark) => [mark.x, mark]));
  const ordered = [...windows.values()].toSorted((a, b) => a.x - b.x);
  return series.flatMap((name) => {
    const own = new Map(marks.filter((mark) => mark.series === name).map((mark) => [mark.x, mark]));
    if (own.size === 0) return [];
    const points = ordered.flatMap((window, i) => {
      const mark = own.get(window.x);
      if (mark === undefined && window.x2 === null) return [];
      const absent = measureOf(measure) === 'count' ? 0 : null;
      const point = { x: middle(window), y: mark ? mark.y : absent, series: name };
      const next = ordered[i + 1];
      const gap = window.x2 !== null && next !== undefined && next.x - window.x2 > (window.x2 - window.x) / 2;
      return gap ? [point, { ...point, x: window.x2!, y: null }] : [point];
    });
    return points.map((point, i) => ({
      ...point,
      lone: point.y !== null && (points[i - 1]?.y ?? null) === null && (points[i + 1]?.y ?? null) === null,
    }));
  });
}

function middle({ x, x2 }: Mark): number {
  return x2 === null ? x : (x + x2) / 2;
}

/** The points of a line along the tops of bars, broken (y is null) where one bar does not follow on another. */
export function topLine(bars: readonly Mark[]): { x: number; y: number | null; order: number }[] {
  return bars
    .toSorted((a, b) => a.x - b.x)
    .flatMap((bar, i, all) => {
      const end = bar.x2 ?? bar.x;
      const joined = all[i + 1]?.x === end;
      const top = [
        { x: bar.x, y: bar.y },
        { x: end, y: bar.y },
      ];
      return joined ? top : [...top, { x: end, y: null }];
    })
    .map((point, order) => ({ ...point, order }));
}
