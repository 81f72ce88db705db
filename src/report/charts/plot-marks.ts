import { cellText } from '../cell.js';
import { linePoints, topLine } from './line-data.js';
import type { Table } from './picture.js';
import type { Panel, Plot } from './plot-data.js';
import type { Mark } from './mark.js';
import type { Scale } from './scale.js';
import { el, type Markup } from '../markup.js';
import { INK, label, path, told } from './svg.js';
import { textWidth } from './text-width.js';
import { SERIES_COLORS, SERIES_DASHES, shapeAt } from './theme.js';

/** A panel and its place in the picture. Scales begin at its left and at its ground. */
export interface Drawing {
  panel: Panel;
  plot: Plot;
  table: Table;
  x: Scale;
  y: Scale;
  width: number;
  height: number;
  first: boolean;
}

const GAP = 'nothing captured';

/** Lines of more points show them only where they stand alone. */
const FEW_POINTS = 40;

/** A bar from each x to its x2 under one line along their tops, so that a 0 is seen and a gap is not one. */
export function bars({ panel, plot, x, y, height }: Drawing, color: string): Markup[] {
  const known = panel.marks.filter((mark) => mark.y !== null);
  const ground = y.at(0);
  const drawn = known
    .filter((mark) => mark.y !== 0)
    .map((mark) => {
      const [left, top] = [x.at(mark.x), y.at(mark.y!)];
      return told(markText(mark, panel, plot.time), 'rect', {
        x: left,
        y: height - Math.max(top, ground),
        width: Math.max(0.5, x.at(mark.x2 ?? mark.x) - left),
        height: Math.abs(top - ground),
        fill: color,
        'fill-opacity': 0.55,
      });
    });
  const tops = topLine(known).map((point) =>
    point.y === null ? null : ([x.at(point.x), height - y.at(point.y)] as const),
  );
  return [...drawn, el('path', { d: path(tops), stroke: color, 'stroke-width': 1.5 })];
}

/** A line for each series, told apart by colour, dash and shape; or its points alone. */
export function lines({ panel, plot, table, x, y, height }: Drawing): Markup[] {
  const points = linePoints(panel, plot.series);
  const few = points.length <= FEW_POINTS * plot.series.length;
  return plot.series.flatMap((name, i) => {
    const own = points.filter(({ series }) => series === name);
    if (own.length === 0) return [];
    const places = own.map((point) =>
      point.y === null ? null : ([x.at(point.x), height - y.at(point.y)] as const),
    );
    const shapes = own.flatMap((point, k) => {
      const place = places[k];
      if (!place || !(few || point.lone || table.chart.mark === 'point')) return [];
      const about = markText({ ...point, x2: null }, panel, plot.time);
      return [
        told(about, 'path', {
          d: shapeAt(i, place[0], place[1], table.chart.mark === 'point' ? 3.5 : 2.5),
          fill: SERIES_COLORS[i]!,
        }),
      ];
    });
    if (table.chart.mark === 'point') return shapes;
    const line = el('path', {
      d: path(places),
      stroke: SERIES_COLORS[i]!,
      'stroke-width': 2,
      'stroke-dasharray': SERIES_DASHES[i]!,
    });
    return [line, ...shapes];
  });
}

/** Shades the stretches of which nothing is known, and says so in the first panel where there is room. */
export function gaps({ panel, x, height, first }: Drawing): Markup[] {
  const unknown = gapsOf(panel.marks);
  const shades = unknown.map((gap) =>
    told(GAP, 'rect', {
      x: x.at(gap.x),
      y: 0,
      width: x.at(gap.x2) - x.at(gap.x),
      height,
      fill: INK,
      'fill-opacity': 0.09,
    }),
  );
  const roomy = unknown.filter((gap) => first && x.at(gap.x2) - x.at(gap.x) > textWidth(GAP, 12) + 8);
  const texts = roomy.map((gap) =>
    label(GAP, (x.at(gap.x) + x.at(gap.x2)) / 2, height / 2, {
      'text-anchor': 'middle',
      'fill-opacity': 0.85,
    }),
  );
  return [...shades, ...texts];
}

/** The gaps from where each begins to where it ends, those that follow on each other as one. */
export function gapsOf(marks: readonly Mark[]): { x: number; x2: number }[] {
  const found: { x: number; x2: number }[] = [];
  const unknown = marks.flatMap(({ x, x2, y }) => (y === null && x2 !== null ? [{ x, x2 }] : []));
  for (const gap of unknown.toSorted((a, b) => a.x - b.x)) {
    const last = found.at(-1);
    if (last && gap.x <= last.x2) last.x2 = Math.max(last.x2, gap.x2);
    else found.push(gap);
  }
  return found;
}

/** What one mark says, for a pointer that rests on it: "14:58:10 to 14:58:20, lost halves: 3". */
function markText({ x, x2, y, series }: Mark, panel: Panel, time: boolean): string {
  const at = (value: number): string =>
    time ? new Date(value).toISOString().slice(11, 19) : String(Math.round(value * 1000) / 1000);
  const where = x2 === null || x2 === x ? at(x) : `${at(x)} to ${at(x2)}`;
  return `${where}, ${series || panel.title}: ${cellText(y, { name: panel.measure, type: 'number', about: null })}`;
}
