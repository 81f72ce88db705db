import { measureOf } from '../cell.js';
import { axisLabel, words } from './axis.js';
import type { Categories, Category } from './category-data.js';
import type { PictureOptions, Table } from './picture.js';
import { linear, logarithmic, type Scale } from './scale.js';
import { el, type Markup } from '../markup.js';
import { label, labelsBelow, picture, rule, told } from './svg.js';
import { shortenTo, textWidth } from './text-width.js';
import { SERIES_COLORS, shapeAt } from './theme.js';

/** Below this a picture has its names above their bars: beside them there would be no room for either. */
const NARROW = 500;
const SIZE = 12;
const TITLE = 24;
const AXIS = 26;

/** How a row is laid out; pixels. */
interface Layout {
  /** Left of the bars for names, and right of them for labels; both 0 where these stand above the bars. */
  left: number;
  right: number;
  plot: number;
  /** A row's height, and from its top the middles of name, label and bar. */
  row: number;
  name: number;
  label: number;
  bar: number;
}

/** Draws bars or ranges from the left, a name at each, in panels above each other on one axis. */
export function drawCategories(categories: Categories, { chart }: Table, options: PictureOptions): Markup {
  const layout = layoutOf(categories, options.width);
  const log = chart.y_scale === 'log';
  const most = Math.max(2, Math.round(layout.plot / 110));
  const whole = measureOf(chart.y[0]!) === 'count';
  const x = log
    ? logarithmic(categories.domain, layout.plot, layout.plot / 60)
    : linear(categories.domain, layout.plot, most, whole);
  const text = (value: number): string => axisLabel(value, chart.y[0]!);
  const legend = chart.mark === 'range' ? legendOf(chart.y) : [];
  let top = legend.length > 0 ? TITLE : 0;
  const parts = [...legend];
  categories.panels.forEach(({ title, rows }, i) => {
    if (title !== '')
      parts.push(label(shortenTo(title, options.width - 8, SIZE), 4, top + 13, { 'font-weight': 600 }));
    top += title === '' ? 4 : TITLE;
    const height = rows.length * layout.row;
    const last = i === categories.panels.length - 1;
    const body = [
      ...x.ticks.map((tick) => rule(x.at(tick), 0, x.at(tick), height, { 'stroke-opacity': 0.14 })),
      ...(last ? labelsBelow(x, text, height, [-layout.left, layout.plot + 8]) : []),
      ...rows.flatMap((row, k) =>
        rowParts(row, k * layout.row, x, layout, chart.mark === 'range' ? chart.y : null),
      ),
    ];
    parts.push(el('g', { transform: `translate(${layout.left + 4},${top})` }, ...body));
    top += height + (last ? AXIS : 10);
  });
  return picture(options, options.width, top, parts);
}

function layoutOf({ panels }: Categories, width: number): Layout {
  const rows = panels.flatMap((panel) => panel.rows);
  const longest = (texts: readonly string[]): number =>
    Math.max(...texts.map((text) => textWidth(text, SIZE))) + 16;
  const names = longest(rows.map(({ name }) => name));
  const labels = longest(rows.map((row) => row.label));
  const inner = width - 12;
  if (width >= NARROW) {
    const left = Math.min(names, Math.round(width * 0.38));
    const right = Math.min(labels, Math.round(width * 0.74) - left);
    return { left, right, plot: inner - left - right, row: 22, name: 11, label: 11, bar: 11 };
  }
  return { left: 0, right: 0, plot: inner, row: 56, name: 12, label: 28, bar: 45 };
}

function rowParts(
  row: Category,
  top: number,
  x: Scale,
  layout: Layout,
  columns: readonly string[] | null,
): Markup[] {
  const bar = top + layout.bar;
  const ends = [...row.values, row.beside].filter((value) => value !== null).map(x.at);
  const end = Math.max(0, ...ends);
  const wide = layout.right === 0;
  const text = shortenTo(row.label, wide ? layout.plot : layout.right - 12, SIZE);
  const name = shortenTo(row.name, layout.left === 0 ? layout.plot + layout.right : layout.left - 12, SIZE);
  return [
    ...(columns === null ? barParts(row, bar, x) : rangeParts(row, bar, x)),
    ...(row.beside === null
      ? []
      : [rule(x.at(row.beside), bar - 9, x.at(row.beside), bar + 9, { 'stroke-width': 2 })]),
    wide
      ? label(text, 0, top + layout.label, { 'fill-opacity': 0.85 })
      : label(text, end + 9, top + layout.label),
    layout.left === 0
      ? label(name, 0, top + layout.name)
      : label(name, -8, top + layout.name, { 'text-anchor': 'end' }),
  ];
}

function barParts({ values, faint, about }: Category, bar: number, x: Scale): Markup[] {
  const [from, to] = [x.at(0), x.at(values[0] ?? 0)].sort((a, b) => a - b) as [number, number];
  return [
    told(about, 'rect', {
      x: from,
      y: bar - 6,
      width: Math.max(1, to - from),
      height: 12,
      fill: SERIES_COLORS[0]!,
      'fill-opacity': faint ? 0.12 : 0.75,
      stroke: faint ? SERIES_COLORS[0]! : null,
    }),
  ];
}

/** A line from the first value to the last with a shape at each; the legend says which is which. */
function rangeParts({ values, about }: Category, bar: number, x: Scale): Markup[] {
  const places = values.map((value) => (value === null ? null : x.at(value)));
  const known = places.filter((place) => place !== null);
  return [
    rule(Math.min(...known), bar, Math.max(...known), bar, {
      stroke: SERIES_COLORS[0]!,
      'stroke-width': 3,
      'stroke-opacity': 0.5,
    }),
    ...places.flatMap((place, i) =>
      place === null ? [] : [told(about, 'path', { d: shapeAt(i, place, bar, 4), fill: SERIES_COLORS[i]! })],
    ),
  ];
}

function legendOf(columns: readonly string[]): Markup[] {
  let left = 8;
  return columns.flatMap((column, i) => {
    const start = left;
    left += textWidth(words(column), SIZE) + 30;
    return [
      el('path', { d: shapeAt(i, start, 10, 4), fill: SERIES_COLORS[i]! }),
      label(words(column), start + 9, 10),
    ];
  });
}
