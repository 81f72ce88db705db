import { grouped } from '../../../base/counted.js';
import { INK, label, path, rule } from '../../charts/svg.js';
import { el, type Markup } from '../../markup.js';
import { textWidth } from '../../charts/text-width.js';
import { BAD } from '../../charts/theme.js';
import type { Counts } from './way.js';

export type Point = readonly [x: number, y: number];
type Side = 'start' | 'middle' | 'end';

/** An arrow on the picture. */
export interface Drawn {
  from: Point;
  to: Point;
  /** What went along it; null where that was not seen. */
  counts: Counts | null;
  /** What it is called when a query on it did not arrive. */
  lost: string;
  /** How far along it stands what is said of it, and on which side; in the middle, above and below it. */
  at: number;
  side: Side;
}

const HEAD = 7;
const LATE = 'var(--warn, #7a4b00)';
const PAPER = 'var(--paper, #ffffff)';

/** The arrow itself; dotted where nothing was seen. */
export function arrowLine({ from, to, counts }: Drawn): Markup[] {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const length = Math.hypot(dx, dy) || 1;
  const [ux, uy] = [dx / length, dy / length];
  const base: Point = [to[0] - HEAD * ux, to[1] - HEAD * uy];
  const head = path([to, [base[0] - 4 * uy, base[1] + 4 * ux], [base[0] + 4 * uy, base[1] - 4 * ux]]);
  const faint = counts === null ? 0.45 : 0.7;
  const dotted = counts === null ? '3 5' : null;
  return [
    rule(...from, ...base, { 'stroke-opacity': faint, 'stroke-width': 1.5, 'stroke-dasharray': dotted }),
    el('path', { d: `${head}Z`, fill: INK, 'fill-opacity': faint }),
  ];
}

/** How many went along it, and what of them was lost or late; a cross where they were lost. */
export function arrowTexts({ from, to, counts, lost, at, side }: Drawn): Markup[] {
  if (counts === null) return [];
  const [x, y] = [from[0] + (to[0] - from[0]) * at, from[1] + (to[1] - from[1]) * at];
  const said = [
    [counts.lost, lost, BAD],
    [counts.replies_lost, 'answers lost', BAD],
    [counts.late, 'late', LATE],
    [counts.unseen, 'not seen', null],
  ].flatMap(([count, what, color]) =>
    Number(count) > 0 ? [{ text: `${grouped(Number(count))} ${what}`, color }] : [],
  );
  const left = { start: x + 14, middle: x, end: x - 14 }[side];
  const top = side === 'middle' ? y - 16 : y - 7 * said.length;
  const next = side === 'middle' ? y + 18 : top + 14;
  return [
    ...(counts.lost + counts.replies_lost > 0 ? cross(x, y) : []),
    ...backed(grouped(counts.queries), left, top, side, null),
    ...said.flatMap(({ text, color }, i) => backed(text, left, next + 14 * i, side, color as string | null)),
  ];
}

function cross(x: number, y: number): Markup[] {
  return [
    el('circle', { cx: x, cy: y, r: 9, fill: PAPER, stroke: BAD, 'stroke-width': 1.5 }),
    el('path', { d: `${path([[x - 5, y - 5]])}l10,10m0,-10l-10,10`, stroke: BAD, 'stroke-width': 2.5 }),
  ];
}

/** A text with the page's colour behind it, so that no line runs through it. */
function backed(text: string, x: number, y: number, side: Side, color: string | null): Markup[] {
  const width = textWidth(text, 12);
  const start = x - width * { start: 0, middle: 0.5, end: 1 }[side];
  const marked = color === null ? {} : { fill: color, 'font-weight': 600 };
  return [
    el('rect', { x: start - 2, y: y - 8, width: width + 4, height: 16, fill: PAPER, 'fill-opacity': 0.85 }),
    label(text, x, y, { 'text-anchor': side, ...marked }),
  ];
}
