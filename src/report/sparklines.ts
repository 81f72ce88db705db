import type { Query } from '../packs/query.js';
import type { ResultColumn } from '../packs/result.js';
import type { Value } from '../packs/value.js';
import { cellText } from './cell.js';
import { extent, words } from './charts/axis.js';
import { type Panel, plotOf } from './charts/plot-data.js';
import type { Mark } from './charts/mark.js';
import { padEnd, shorten, widthOf } from './text-layout.js';

const BLOCKS = '▁▂▃▄▅▆▇█';
const ASCII_BLOCKS = '_.:-=+*#';
const WIDEST = 60;
const LONGEST_NAME = 36;

/**
 * A line a series of a query that charts values over time: its name, how it goes, its highest value. A space is
 * a time without a row. None where there is one time only, or no room.
 */
export function sparklines(
  query: Query | null,
  columns: readonly ResultColumn[],
  rows: readonly (readonly Value[])[],
  width: number,
  unicode: boolean,
): string[] {
  const { chart } = query ?? {};
  if (!chart || columns.find(({ name }) => name === chart.x)?.type !== 'time') return [];
  const plot = plotOf({ chart, columns, rows, params: {} }, Infinity);
  if (plot === null) return [];
  const series = plot.panels.flatMap((panel) => plot.series.map((name) => seriesOf(panel, name)));
  const drawn = series.filter(({ marks }) => marks.length > 0);
  const names = Math.min(LONGEST_NAME, Math.max(...drawn.map(({ name }) => widthOf(name))));
  const [from, to] = extent(drawn.flatMap(({ marks }) => marks.map(({ x }) => x)));
  const bins = Math.min(WIDEST, placesOf(drawn, from, to), width - names - 20);
  if (bins < 2) return [];
  const ellipsis = unicode ? '…' : '...';
  return drawn.map(({ name, measure, marks }) => {
    const values = binned(marks, from, to, bins);
    const high = extent(values.filter((value) => value !== null))[1];
    const line = values.map((value) => block(value, high, unicode ? BLOCKS : ASCII_BLOCKS)).join('');
    const highest = cellText(high, { name: measure, type: 'number', about: null });
    return `${padEnd(shorten(name, names, ellipsis), names)}  ${line}  at most ${highest}`;
  });
}

interface Series {
  name: string;
  measure: string;
  marks: Mark[];
}

function seriesOf({ title, measure, marks }: Panel, series: string): Series {
  const own = marks.filter((mark) => mark.series === series && mark.y !== null);
  const name = series === '' || series === words(measure) ? title : series;
  return { name, measure, marks: own };
}

/** How many places a series can have from its first to its last, at the shortest step between two. */
function placesOf(series: readonly Series[], from: number, to: number): number {
  const places = [...new Set(series.flatMap(({ marks }) => marks.map(({ x }) => x)))].toSorted(
    (a, b) => a - b,
  );
  const steps = places.slice(1).map((x, i) => x - places[i]!);
  return steps.length === 0 ? 1 : Math.round((to - from) / extent(steps)[0]) + 1;
}

/** The highest value of each bin; null where it has none. */
function binned(marks: readonly Mark[], from: number, to: number, bins: number): (number | null)[] {
  const values = Array<number | null>(bins).fill(null);
  for (const { x, y } of marks) {
    const bin = Math.round(((x - from) / (to - from)) * (bins - 1));
    values[bin] = Math.max(values[bin] ?? -Infinity, y!);
  }
  return values;
}

function block(value: number | null, high: number, blocks: string): string {
  if (value === null) return ' ';
  const level = high <= 0 ? 0 : Math.ceil((value / high) * (blocks.length - 1));
  return blocks[Math.max(0, Math.min(blocks.length - 1, level))]!;
}
