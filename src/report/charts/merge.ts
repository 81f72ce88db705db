import { measureOf } from '../cell.js';
import { extent } from './axis.js';
import type { Mark } from './mark.js';

interface Placed extends Mark {
  panel: string;
  measure: string;
}

/**
 * Marks of more places along x than `most` are put together in bins of equal width: counts are summed, shares
 * and rates averaged, of durations and of what is the most of something the highest stays. A bin of nothing but gaps is one.
 */
export function mergeMarks<T extends Placed>(marks: readonly T[], most: number, notes: string[]): T[] {
  const places = new Set(marks.map(({ x }) => x));
  if (places.size <= most) return [...marks];
  const [from, to] = extent([...places]);
  const width = (to - from) / most;
  const bins = new Map<string, T[]>();
  for (const mark of marks) {
    const bin = Math.min(most - 1, Math.floor((mark.x - from) / width));
    const key = JSON.stringify([mark.panel, mark.series, bin]);
    const found = bins.get(key);
    if (found) found.push(mark);
    else bins.set(key, [mark]);
  }
  notes.push(`Of ${places.size} places along the axis neighbours are put together, ${most} are drawn.`);
  return [...bins.values()].map((bin) => {
    const ends = bin.map((mark) => mark.x2).filter((end) => end !== null);
    const x2 = ends.length === 0 ? null : extent(ends)[1];
    return { ...bin[0]!, x: extent(bin.map((mark) => mark.x))[0], x2, y: together(bin) };
  });
}

function together(bin: readonly Placed[]): number | null {
  const values = bin.map(({ y }) => y).filter((y) => y !== null);
  if (values.length === 0) return null;
  const { measure } = bin[0]!;
  if (measureOf(measure) === 'seconds' || measure.startsWith('most_')) return extent(values)[1];
  const sum = values.reduce((total, y) => total + y, 0);
  return measureOf(measure) === 'share' || measure.endsWith('per_second') ? sum / values.length : sum;
}
