import { textWidth } from './text-width.js';

/** A marked value of x with its label, and the lane above the plot that the label stands in. */
export interface AtLabel {
  x: number;
  label: string;
  lane: number;
}

/** Puts labels of marked values into lanes, so that none stands on another. */
export function labelLanes(
  at: Readonly<Record<string, string>>,
  [from, to]: readonly [number, number],
  width: number,
): AtLabel[] {
  const ends: number[] = [];
  return Object.entries(at)
    .map(([x, label]) => ({ x: Number(x), label }))
    .toSorted((a, b) => a.x - b.x)
    .map(({ x, label }) => {
      const start = ((x - from) / (to - from)) * width;
      const free = ends.findIndex((end) => end < start);
      const lane = free === -1 ? ends.length : free;
      ends[lane] = start + textWidth(label, 12) + 10;
      return { x, label, lane };
    });
}
