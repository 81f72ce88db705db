import type { AtLabel } from './at-labels.js';
import type { Panel } from './plot-data.js';
import type { Spec } from './render.js';
import { textWidth } from './text-width.js';
import { INK } from './theme.js';

/** Height of a lane of labels above the plots. */
const LANE = 15;

const GAP = 'nothing captured';

/** What each mark says where a pointer rests on it. */
export const ABOUT = { field: 'about', type: 'nominal' };

/** What a panel needs to know of its place in the picture. */
export interface Place {
  width: number;
  height: number;
  first: boolean;
  last: boolean;
}

/** Shades the stretches of which nothing is known, and says so in the first panel where there is room. */
export function gapLayers(panel: Panel, x: Spec, domain: readonly [number, number], place: Place): Spec[] {
  const gaps = gapsOf(panel).map((gap) => ({ ...gap, about: GAP }));
  if (gaps.length === 0) return [];
  const shade = {
    data: { values: gaps },
    mark: { type: 'rect', fill: INK, fillOpacity: 0.09 },
    encoding: { x, x2: { field: 'x2' }, y: { value: 0 }, y2: { value: place.height }, description: ABOUT },
  };
  const pixels = place.width / (domain[1] - domain[0]);
  const roomy = gaps.filter(({ x: from, x2 }) => (x2 - from) * pixels > textWidth(GAP, 12) + 8);
  const text = {
    data: { values: roomy.map(({ x: from, x2 }) => ({ x: (from + x2) / 2 })) },
    mark: {
      type: 'text',
      text: GAP,
      fill: INK,
      fillOpacity: 0.85,
      baseline: 'middle',
      fontSize: 12,
      aria: false,
    },
    encoding: { x, y: { value: place.height / 2 } },
  };
  return place.first && roomy.length > 0 ? [shade, text] : [shade];
}

/** A panel's gaps from where each begins to where it ends, those that follow on each other as one. */
function gapsOf({ marks }: Panel): { x: number; x2: number }[] {
  const gaps: { x: number; x2: number }[] = [];
  const unknown = marks.flatMap(({ x, x2, y }) => (y === null && x2 !== null ? [{ x, x2 }] : []));
  for (const gap of unknown.toSorted((a, b) => a.x - b.x)) {
    const last = gaps.at(-1);
    if (last && gap.x <= last.x2) last.x2 = Math.max(last.x2, gap.x2);
    else gaps.push(gap);
  }
  return gaps;
}

/** Rules at the values of x that the query marks, with labels above the first panel. */
export function markedLayers(at: readonly AtLabel[], x: Spec, place: Place): Spec[] {
  if (at.length === 0) return [];
  const values = at.map(({ lane, ...label }) => ({ ...label, top: place.first ? -9 - LANE * lane : 0 }));
  const top = { field: 'top', type: 'quantitative', scale: null, axis: null };
  const rule = {
    data: { values },
    mark: { type: 'rule', stroke: INK, strokeDash: [4, 3], strokeOpacity: 0.75, aria: false },
    encoding: { x, y: top, y2: { value: place.height } },
  };
  const texts = (['left', 'right'] as const).map((align) => ({
    data: { values: values.filter((label) => label.align === align) },
    mark: {
      type: 'text',
      fill: INK,
      align,
      baseline: 'middle',
      dx: align === 'left' ? 4 : -4,
      fontSize: 12,
      aria: false,
    },
    encoding: { x, y: top, text: { field: 'label', type: 'nominal' } },
  }));
  return place.first ? [rule, ...texts] : [rule];
}
