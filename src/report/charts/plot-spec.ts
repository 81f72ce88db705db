import { extent, labelExpression, logDomain, logTicks, timeFormat, timeTitle, words } from './axis.js';
import { ABOUT, gapLayers, markedLayers, type Place } from './annotations.js';
import { labelLanes } from './at-labels.js';
import { linePoints, topLine } from './line-data.js';
import { measureOf } from '../cell.js';
import { markText } from './mark-text.js';
import type { Table } from './picture.js';
import { type Panel, type Plot } from './plot-data.js';
import type { Spec } from './render.js';
import { shortenTo, textWidth } from './text-width.js';
import { CONFIG, SERIES_COLORS, SERIES_DASHES, SERIES_SHAPES } from './theme.js';

/** Pixels left of the plots, for the labels of y, and right of them. */
const LEFT = 56;
const RIGHT = 16;
/** Lines of more points show them only where they stand alone. */
const FEW_POINTS = 40;

/** Panels above each other on one x axis of time or numbers. */
export function plotSpec(plot: Plot, table: Table, width: number): Spec {
  const count = plot.panels.length;
  const height = count === 1 ? 190 : Math.min(110, Math.max(56, Math.round(420 / count)));
  const panels = plot.panels.map((panel, i) =>
    panelSpec(panel, plot, table, {
      width: width - LEFT - RIGHT - 4,
      height,
      first: i === 0,
      last: i === count - 1,
    }),
  );
  return {
    config: CONFIG,
    padding: { left: 2, right: RIGHT, top: 4, bottom: 4 },
    spacing: 14,
    vconcat: panels,
  };
}

function panelSpec(panel: Panel, plot: Plot, table: Table, place: Place): Spec {
  const { chart } = table;
  const at = labelLanes(chart.at, plot.domain, place.width);
  const x = { field: 'x', ...xScale(plot, table, place) };
  const y = { field: 'y', ...yScale(panel, table, place) };
  return {
    title: { text: shortenTo(panel.title, place.width + LEFT, 12), offset: 6 },
    width: place.width,
    height: place.height,
    layer: [
      ...gapLayers(panel, x, plot.domain, place),
      ...(chart.mark === 'bar' ? bars(panel, plot, x, y) : lines(panel, plot, table, place, x, y)),
      ...markedLayers(at, x, place),
    ],
  };
}

function xScale({ domain, time }: Plot, { chart }: Table, place: Place): Spec {
  const [from, to] = domain;
  const axis = {
    ...(time ? { format: timeFormat(from, to) } : { labelExpr: labelExpression(chart.x) }),
    title: place.last ? (time ? timeTitle(from, to) : words(chart.x)) : null,
    ...(!time && chart.x_scale === 'log'
      ? { values: logTicks(domain, place.width / 60), labelOverlap: false }
      : {}),
    labels: place.last,
    ticks: place.last,
    tickCount: Math.max(4, Math.round(place.width / 90)),
    labelFlush: true,
    labelBound: true,
    labelSeparation: 10,
    grid: false,
  };
  const type = time ? 'utc' : chart.x_scale;
  return {
    type: time ? 'temporal' : 'quantitative',
    scale: { type, domain, nice: false, zero: false },
    axis,
  };
}

function yScale({ marks, measure }: Panel, { chart }: Table, place: Place): Spec {
  const log = chart.y_scale === 'log';
  const values = marks.map(({ y }) => y).filter((value) => value !== null);
  const [low, high] = extent([0, ...values]);
  const domain: [number, number] = log ? logDomain(values) : [low, high || 1];
  const axis = {
    labelExpr: labelExpression(measure),
    tickCount: place.height < 100 ? 3 : 5,
    ...(log ? { values: logTicks(domain, place.height < 100 ? 3 : 6), labelOverlap: false } : {}),
    ...(measureOf(measure) === 'count' && !log && values.every(Number.isInteger) ? { tickMinStep: 1 } : {}),
    title: null,
    minExtent: LEFT - 2,
    domain: false,
    ticks: false,
  };
  return {
    type: 'quantitative',
    scale: { type: chart.y_scale, domain, nice: true, zero: false, clamp: log },
    axis,
  };
}

/** A bar from each x to its x2 under one line along their tops, so that a 0 is seen and a gap is not one. */
function bars(panel: Panel, plot: Plot, x: Spec, y: Spec): Spec[] {
  const values = panel.marks
    .filter((mark) => mark.y !== null)
    .map((mark) => ({ ...mark, x2: mark.x2 ?? mark.x, about: markText(mark, panel, plot.time) }));
  return [
    {
      data: { values: values.filter((mark) => mark.y !== 0) },
      mark: { type: 'rect', fill: SERIES_COLORS[0], fillOpacity: 0.55 },
      encoding: { x, x2: { field: 'x2' }, y, y2: { datum: 0 }, description: ABOUT },
    },
    {
      data: { values: topLine(values) },
      mark: { type: 'line', stroke: SERIES_COLORS[0], aria: false },
      encoding: { x, y, order: { field: 'order', type: 'quantitative' } },
    },
  ];
}

function lines(panel: Panel, plot: Plot, { chart }: Table, place: Place, x: Spec, y: Spec): Spec[] {
  const points = linePoints(panel, plot.series);
  const values = points.map((point) => ({
    ...point,
    about: point.y === null ? '' : markText({ ...point, x2: null }, panel, plot.time),
  }));
  const scale = (range: readonly unknown[]): Spec => ({ domain: plot.series, range });
  const longest = Math.max(...plot.series.map((name) => textWidth(name, 12)));
  const columns = Math.max(1, Math.floor(place.width / (longest + 34)));
  const legend = place.first && plot.series.length > 1 ? { columns } : null;
  const series = { field: 'series', type: 'nominal' };
  const color = { ...series, scale: scale(SERIES_COLORS), legend };
  const shown = points.length <= FEW_POINTS * plot.series.length;
  const dots = {
    data: { values: values.filter((point) => point.y !== null && (shown || point.lone)) },
    mark: { type: 'point', filled: true, opacity: 1, size: chart.mark === 'point' ? 50 : 28 },
    encoding: {
      x,
      y,
      color,
      shape: { ...series, scale: scale(SERIES_SHAPES), legend: null },
      description: ABOUT,
    },
  };
  if (chart.mark === 'point') return [dots];
  const line = {
    data: { values },
    mark: { type: 'line', aria: false },
    encoding: { x, y, color, strokeDash: { ...series, scale: scale(SERIES_DASHES), legend } },
  };
  return [line, dots];
}
