import { axisLabel, timeLabels, timeTitle, words } from './axis.js';
import { bars, type Drawing, gaps, lines } from './plot-marks.js';
import type { Band, PictureOptions, Table } from './picture.js';
import type { Panel, Plot } from './plot-data.js';
import { grownFromZero, linear, logarithmic, logDomain, type Scale, temporal } from './scale.js';
import { el, type Markup } from '../markup.js';
import { label, labelsBelow, picture, rule } from './svg.js';
import { shortenTo, textWidth } from './text-width.js';
import { BAD, SERIES_COLORS, SERIES_DASHES, shapeAt } from './theme.js';

/** Pixels left of the plots, for the labels of y, and right of them. */
const LEFT = 60;
const RIGHT = 18;
/** Pixels above a plot for its title, a lane of labels or a row of a legend, between two plots, and below the last. */
const TITLE = 22;
const LANE = 16;
const APART = 10;
const AXIS = 40;

/** Draws panels above each other on one x axis of time or numbers. */
export function drawPlot(plot: Plot, table: Table, options: PictureOptions): Markup {
  const { chart } = table;
  const width = options.width - LEFT - RIGHT;
  const x = xScale(plot, table, width);
  const count = plot.panels.length;
  const height = count === 1 ? 190 : Math.min(110, Math.max(52, Math.round(420 / count)));
  const legend = legendOf(plot, width);
  let top = legend.height + LANE * Object.keys(chart.at).length;
  const parts = [el('g', { transform: `translate(${LEFT},0)` }, ...legend.parts)];
  plot.panels.forEach((panel, i) => {
    const drawing = { panel, plot, table, x, y: yScale(panel, table, height), width, height, first: i === 0 };
    top += TITLE;
    const shades = (options.bands ?? []).map((band) => bandShade(band, x, height));
    const body = [
      label(shortenTo(panel.title, width + LEFT, 12), -LEFT + 2, -11, { 'font-weight': 600 }),
      ...shades,
      ...(chart.mark === 'bar'
        ? bars(drawing, options.colors?.(panel.title) ?? SERIES_COLORS[0]!)
        : lines(drawing)),
      ...gaps(drawing),
      ...limitLine(drawing),
      ...yAxis(drawing),
      ...marked(drawing),
      ...(i === count - 1 ? xAxis(drawing) : [rule(0, height, width, height, { 'stroke-opacity': 0.5 })]),
    ];
    parts.push(el('g', { transform: `translate(${LEFT},${top})` }, ...body));
    top += height + APART;
  });
  return picture(options, options.width, top - APART + AXIS, parts);
}

function xScale({ domain, time }: Plot, { chart }: Table, width: number): Scale {
  const most = Math.max(3, Math.round(width / 95));
  if (time) return temporal(domain, width, most);
  return chart.x_scale === 'log' ? logarithmic(domain, width, width / 60) : linear(domain, width, most);
}

function yScale({ marks, measure, limit }: Panel, { chart }: Table, height: number): Scale {
  const values = [...marks.map(({ y }) => y), limit].filter((value) => value !== null);
  const most = height < 100 ? 3 : 5;
  if (chart.y_scale === 'log') return logarithmic(logDomain(values), height, most);
  const domain = grownFromZero(values, most, measure);
  return linear(domain, height, most);
}

function yAxis({ panel, y, width, height }: Drawing): Markup[] {
  return y.ticks.flatMap((tick) => {
    const at = height - y.at(tick);
    return [
      rule(0, at, width, at, { 'stroke-opacity': 0.14 }),
      label(axisLabel(tick, panel.measure), -6, at, { 'text-anchor': 'end', 'fill-opacity': 0.85 }),
    ];
  });
}

function xAxis({ plot, table: { chart }, x, width, height }: Drawing): Markup[] {
  const [from, to] = plot.domain;
  const text = plot.time ? timeLabels(from, to) : (value: number) => axisLabel(value, chart.x);
  const title = plot.time ? timeTitle(from, to) : words(chart.x);
  return [
    rule(0, height, width, height, { 'stroke-opacity': 0.5 }),
    ...x.ticks.map((tick) => rule(x.at(tick), height, x.at(tick), height + 4, { 'stroke-opacity': 0.5 })),
    ...labelsBelow(x, text, height, [-LEFT, width + RIGHT]),
    label(title, width / 2, height + 30, { 'text-anchor': 'middle' }),
  ];
}

/** Rules at the values of x that the query marks; above the first panel each has its label in a lane of its own. */
function marked({ table: { chart }, x, width, height, first }: Drawing): Markup[] {
  return Object.entries(chart.at).flatMap(([value, text], lane) => {
    const at = x.at(Number(value));
    const top = -TITLE - LANE * lane - 4;
    const left = at + textWidth(text, 12) + 8 < width;
    return [
      rule(at, first ? top : 0, at, height, { 'stroke-dasharray': '4 3', 'stroke-opacity': 0.75 }),
      ...(first ? [label(text, at + (left ? 4 : -4), top, { 'text-anchor': left ? null : 'end' })] : []),
    ];
  });
}

/** The line that values may not pass, with its value. */
function limitLine({ panel, y, width, height }: Drawing): Markup[] {
  if (panel.limit === null) return [];
  const at = height - y.at(panel.limit);
  return [
    rule(0, at, width, at, { stroke: BAD, 'stroke-width': 1.5, 'stroke-dasharray': '7 4' }),
    label(`limit ${axisLabel(panel.limit, panel.measure)}`, width - 4, at < 14 ? at + 9 : at - 8, {
      'text-anchor': 'end',
      fill: BAD,
    }),
  ];
}

function bandShade({ from, to, color, name }: Band, x: Scale, height: number): Markup {
  const [start, end] = [x.at(from), x.at(to)];
  return el(
    'rect',
    { x: start - 1, y: 0, width: Math.max(2, end - start + 2), height, fill: color, 'fill-opacity': 0.13 },
    el('title', {}, name),
  );
}

/** Which line, shape and colour is which, in as many rows as it takes; nothing where there is one series. */
function legendOf({ series }: Plot, width: number): { parts: Markup[]; height: number } {
  if (series.length < 2) return { parts: [], height: 0 };
  let [left, top] = [0, LANE / 2];
  const parts = series.flatMap((name, i) => {
    const shown = shortenTo(name, width - 40, 12);
    const room = textWidth(shown, 12) + 44;
    if (left > 0 && left + room > width) [left, top] = [0, top + LANE];
    const start = left;
    left += room;
    return [
      rule(start, top, start + 22, top, {
        stroke: SERIES_COLORS[i]!,
        'stroke-width': 2,
        'stroke-dasharray': SERIES_DASHES[i]!,
      }),
      el('path', { d: shapeAt(i, start + 11, top, 3.5), fill: SERIES_COLORS[i]! }),
      label(shown, start + 28, top),
    ];
  });
  return { parts, height: top + LANE };
}
