import { shorten } from '../text.js';
import { labelExpression, words } from './axis.js';
import type { Categories, Category } from './category-data.js';
import type { Table } from './picture.js';
import type { Spec } from './render.js';
import { textWidth } from './text-width.js';
import { CONFIG, INK, SERIES_COLORS, SERIES_SHAPES } from './theme.js';

/** Below this a picture has its names above their bars: beside them there would be no room for either. */
const NARROW = 500;
const SIZE = 12;

/** How a line of bar or range is laid out; pixels. */
interface Layout {
  left: number;
  right: number;
  plot: number;
  row: number;
  above: boolean;
}

/** Bars or ranges from the left, a name at each, in panels above each other on one axis. */
export function categorySpec(categories: Categories, table: Table, width: number): Spec {
  const layout = layoutOf(categories, width);
  return {
    config: CONFIG,
    padding: { left: layout.left, right: layout.right, top: 4, bottom: 4 },
    spacing: 16,
    vconcat: categories.panels.map(({ title, rows }, i) => ({
      title: { text: title, offset: 6, dx: -layout.left + 2 },
      width: layout.plot,
      height: rows.length * layout.row,
      layer: layers(rows, categories, table, layout, i === categories.panels.length - 1, i === 0),
    })),
  };
}

function layoutOf({ panels }: Categories, width: number): Layout {
  const rows = panels.flatMap((panel) => panel.rows);
  const longest = (texts: readonly string[]): number =>
    Math.max(...texts.map((text) => textWidth(text, SIZE)));
  const above = width < NARROW;
  const left = above ? 4 : Math.min(longest(rows.map(({ name }) => name)) + 12, Math.round(width * 0.38));
  const right = Math.min(longest(rows.map(({ label }) => label)) + 12, Math.round(width * 0.4));
  return { left, right, plot: width - left - right, row: above ? 36 : 22, above };
}

function layers(
  rows: readonly Category[],
  { domain }: Categories,
  { chart }: Table,
  layout: Layout,
  last: boolean,
  first: boolean,
): Spec[] {
  const log = chart.mark === 'range' && chart.x_scale === 'log';
  const scale = { type: log ? 'log' : 'linear', domain, nice: log, zero: false, clamp: true };
  const axis = {
    labelExpr: labelExpression(chart.y[0]!),
    labels: last,
    ticks: last,
    title: last && rows.length > 0 && chart.panel !== null ? words(chart.y[0]!) : null,
    tickCount: Math.max(2, Math.round(layout.plot / 110)),
    labelFlush: true,
    domain: false,
  };
  const x = { type: 'quantitative', scale, axis };
  const values = rows.map((category, i) => ({
    ...Object.fromEntries(category.values.map((value, k) => [`v${k}`, value])),
    beside: category.beside,
    label: category.label,
    about: category.about,
    end: Math.max(...category.values.map((value) => value ?? domain[0]), category.beside ?? domain[0]),
    name: shortName(category.name, layout),
    middle: (i + 1) * layout.row - 11,
    above: i * layout.row + 13,
  }));
  const y = pixels('middle');
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
    text('label', { align: 'left', dx: 6 }, { x: { field: 'end', ...x }, y }),
    layout.above
      ? text('name', { align: 'left', baseline: 'bottom' }, { x: { value: 0 }, y: pixels('above') })
      : text('name', { align: 'right' }, { x: { value: -8 }, y }),
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
      mark: { type: 'bar', orient: 'horizontal', size: 12, fill: SERIES_COLORS[0], fillOpacity: 0.75 },
      encoding: { x: { field: 'v0', ...x }, x2: { datum: 0 }, y: pixels('middle'), description: ABOUT },
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
      middle: row['middle'],
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
        y: pixels('middle'),
      },
    },
    {
      data: { values: points.filter(({ v }) => v !== null) },
      mark: { type: 'point', filled: true, opacity: 1, size: 55 },
      encoding: {
        x: { field: 'v', ...x },
        y: pixels('middle'),
        shape: { ...series, scale: { domain, range: SERIES_SHAPES }, legend },
        color: { ...series, scale: { domain, range: SERIES_COLORS }, legend },
        description: ABOUT,
      },
    },
  ];
}

function shortName(name: string, layout: Layout): string {
  const room = layout.above ? layout.plot + layout.right : layout.left - 12;
  let shown = name;
  for (let width = 60; textWidth(shown, SIZE) > room && width > 6; width--) shown = shorten(name, width);
  return shown;
}
