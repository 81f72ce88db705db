import { measureOf } from '../cell.js';
import { labelExpression, logTicks, words } from './axis.js';
import type { Categories, Category } from './category-data.js';
import type { Table } from './picture.js';
import type { Spec } from './render.js';
import { shortenTo, textWidth } from './text-width.js';
import { CONFIG, INK, SERIES_COLORS, SERIES_SHAPES } from './theme.js';

/** Below this a picture has its names above their bars: beside them there would be no room for either. */
const NARROW = 500;
const SIZE = 12;

/** How a row is laid out; pixels. */
interface Layout {
  /** Left of the bars for names, and right of them for labels; 0 where these stand above the bars. */
  left: number;
  right: number;
  plot: number;
  /** A row's height, and from its top the middles of name, label and bar. */
  row: number;
  name: number;
  label: number;
  bar: number;
}

/** Bars or ranges from the left, a name at each, in panels above each other on one axis. */
export function categorySpec(categories: Categories, table: Table, width: number): Spec {
  const layout = layoutOf(categories, width);
  return {
    config: CONFIG,
    padding: { left: 4, right: 4, top: 4, bottom: 4 },
    spacing: 16,
    vconcat: categories.panels.map(({ title, rows }, i) => ({
      title: { text: shortenTo(title, width - 8, SIZE), offset: 6, frame: 'group', dx: -layout.left },
      width: layout.plot,
      height: rows.length * layout.row,
      layer: layers(rows, categories, table, layout, i === categories.panels.length - 1, i === 0),
    })),
  };
}

function layoutOf({ panels }: Categories, width: number): Layout {
  const rows = panels.flatMap((panel) => panel.rows);
  const longest = (texts: readonly string[]): number =>
    Math.max(...texts.map((text) => textWidth(text, SIZE))) + 16;
  const names = longest(rows.map(({ name }) => name));
  const labels = longest(rows.map(({ label }) => label));
  const inner = width - 12;
  if (width >= NARROW) {
    const left = Math.min(names, Math.round(width * 0.38));
    const right = Math.min(labels, Math.round(width * 0.74) - left);
    return { left, right, plot: inner - left - right, row: 22, name: 11, label: 11, bar: 11 };
  }
  if (labels < inner / 2) {
    return { left: 0, right: labels, plot: inner - labels, row: 42, name: 14, label: 31, bar: 31 };
  }
  return { left: 0, right: 0, plot: inner, row: 56, name: 12, label: 28, bar: 45 };
}

function layers(
  rows: readonly Category[],
  { domain }: Categories,
  { chart }: Table,
  layout: Layout,
  last: boolean,
  first: boolean,
): Spec[] {
  const log = chart.y_scale === 'log';
  const scale = { type: chart.y_scale, domain, nice: false, zero: false, clamp: true };
  const axis = {
    labelExpr: labelExpression(chart.y[0]!),
    ...(log ? { values: logTicks(domain, layout.plot / 60), labelOverlap: false } : {}),
    labels: last,
    ticks: last,
    title: last && chart.panel !== null && chart.mark === 'bar' ? words(chart.y[0]!) : null,
    tickCount: Math.max(2, Math.round(layout.plot / 110)),
    ...(measureOf(chart.y[0]!) === 'count' && !log ? { tickMinStep: 1 } : {}),
    labelFlush: true,
    domain: false,
  };
  const x = { type: 'quantitative', scale, axis };
  const values = rows.map((category, i) => ({
    ...Object.fromEntries(category.values.map((value, k) => [`v${k}`, value])),
    beside: category.beside,
    fill: category.faint ? 0.12 : 0.75,
    label: shortenTo(category.label, layout.right === 0 ? layout.plot : layout.right - 12, SIZE),
    about: category.about,
    end: Math.max(...category.values.map((value) => value ?? domain[0]), category.beside ?? domain[0]),
    name: shortenTo(category.name, layout.left === 0 ? layout.plot + layout.right : layout.left - 12, SIZE),
    nameAt: i * layout.row + layout.name,
    labelAt: i * layout.row + layout.label,
    barAt: i * layout.row + layout.bar,
  }));
  const y = pixels('barAt');
  const text = (field: string, mark: Spec, encoding: Spec): Spec => ({
    data: { values },
    mark: { type: 'text', fill: INK, fontSize: SIZE, baseline: 'middle', aria: false, ...mark },
    encoding: { text: { field, type: 'nominal' }, ...encoding },
  });
  return [
    ...(chart.mark === 'range' ? ranges(values, x, chart.y, first) : bars(values, x)),
    ...(chart.beside === null
      ? []
      : [
          {
            data: { values: values.filter(({ beside }) => beside !== null) },
            mark: { type: 'tick', orient: 'vertical', color: INK, thickness: 2, size: 18, aria: false },
            encoding: { x: { field: 'beside', ...x }, y },
          },
        ]),
    layout.right === 0
      ? text('label', { align: 'left', fillOpacity: 0.85 }, { x: { value: 0 }, y: pixels('labelAt') })
      : text('label', { align: 'left', dx: 9 }, { x: { field: 'end', ...x }, y: pixels('labelAt') }),
    layout.left === 0
      ? text('name', { align: 'left' }, { x: { value: 0 }, y: pixels('nameAt') })
      : text('name', { align: 'right' }, { x: { value: -8 }, y: pixels('nameAt') }),
  ];
}

/** A field that holds pixels from the top. */
function pixels(field: string): Spec {
  return { field, type: 'quantitative', scale: null, axis: null };
}

const ABOUT = { field: 'about', type: 'nominal' };

function bars(values: readonly object[], x: Spec): Spec[] {
  return [
    {
      data: { values },
      mark: { type: 'bar', orient: 'horizontal', size: 12, fill: SERIES_COLORS[0], stroke: SERIES_COLORS[0] },
      encoding: {
        fillOpacity: { field: 'fill', type: 'quantitative', scale: null },
        x: { field: 'v0', ...x },
        x2: { datum: 0 },
        y: pixels('barAt'),
        description: ABOUT,
      },
    },
  ];
}

/** A line from the first value to the last with a shape at each; the legend says which is which. */
function ranges(
  values: readonly Record<string, unknown>[],
  x: Spec,
  columns: readonly string[],
  first: boolean,
): Spec[] {
  const points = values.flatMap((row) =>
    columns.map((column, k) => ({
      v: row[`v${k}`],
      which: words(column),
      about: row['about'],
      barAt: row['barAt'],
    })),
  );
  const domain = columns.map(words);
  const series = { field: 'which', type: 'nominal' };
  const legend = first ? {} : null;
  return [
    {
      data: { values },
      mark: { type: 'rule', stroke: SERIES_COLORS[0], strokeWidth: 3, strokeOpacity: 0.5, aria: false },
      encoding: {
        x: { field: 'v0', ...x },
        x2: { field: `v${columns.length - 1}` },
        y: pixels('barAt'),
      },
    },
    {
      data: { values: points.filter(({ v }) => v !== null) },
      mark: { type: 'point', filled: true, opacity: 1, size: 55 },
      encoding: {
        x: { field: 'v', ...x },
        y: pixels('barAt'),
        shape: { ...series, scale: { domain, range: SERIES_SHAPES }, legend },
        color: { ...series, scale: { domain, range: SERIES_COLORS }, legend },
        description: ABOUT,
      },
    },
  ];
}
