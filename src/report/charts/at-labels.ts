import { textWidth } from './text-width.js';

/** A marked value of x with its label, and the lane above the plot that the label stands in. */
export interface AtLabel {
  x: number;
  label: string;
  lane: number;
  /** Whether the label stands right of its rule (it is aligned left) or, where there is no room, left of it. */
  align: 'left' | 'right';
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
      const at = ((x - from) / (to - from)) * width;
      const room = textWidth(label, 12) + 8;
      const align = at + room > width ? 'right' : 'left';
      const start = align === 'left' ? at : at - room;
      const free = ends.findIndex((end) => end < start);
      const lane = free === -1 ? ends.length : free;
      ends[lane] = start + room;
      return { x, label, lane, align };
    });
}
