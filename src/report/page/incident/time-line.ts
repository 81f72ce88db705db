import type { Query } from '../../../packs/query.js';
import { runQuery } from '../../../packs/run.js';
import type { Value } from '../../../packs/value.js';
import { measureOf } from '../../cell.js';
import { type Band, drawChart, type Table } from '../../charts/index.js';
import { MOST } from '../../charts/picture.js';
import { type Panel, plotOf } from '../../charts/plot-data.js';
import { gapsOf } from '../../charts/plot-marks.js';
import { BAD, SERIES_COLORS } from '../../charts/theme.js';
import { type CauseRow, type Diagnosis, isFound } from '../../diagnosis/index.js';
import { timeRange } from '../../diagnosis/wording.js';
import { jsonInHtml } from '../../escape.js';
import { Markup, markup } from '../../markup.js';
import { figureHtml } from '../figure.js';
import type { PageRequest } from '../request.js';
import { causeColors, swatch } from './cause-colors.js';

export const TIME_LINE = 'traffic/timeline';
const HURT = 'slow or failed lookups';
/** What stands on the time line of every incident, and of one in which no cause was found. */
const ALWAYS = ['queries per second', HURT];
const HEALTHY = ['NXDOMAIN share', 'longest answer seconds'];

/** The time line: what the causes that were found need to be seen by, with their times shaded. */
export async function timeLine(
  diagnosis: Diagnosis,
  query: Query,
  { database, options }: PageRequest,
): Promise<Markup> {
  const colors = causeColors(diagnosis);
  // windows as short as the query gives them: a reader looks closer
  const params = { window_seconds: '1', ...options.params };
  const result = await runQuery(database, query, { ...options, params });
  const none = markup`<p>No capture tells how queries came and went over time.</p>\n`;
  if (result.missing.length > 0) return none;
  const wanted = panelsFor(diagnosis);
  const rows: Value[][] = [];
  for await (const chunk of result.rows)
    rows.push(...chunk.filter(([measure]) => wanted.has(kindOf(String(measure)))));
  const table: Table = {
    chart: query.chart!,
    columns: result.columns,
    rows: fewPanels(rows, [...wanted]),
    params,
  };
  const colorOf = (title: string): string | null =>
    title.startsWith('slow') ? (colors.get(title.split(': ')[1] ?? '') ?? BAD) : null;
  const bands = bandsOf(diagnosis, colors);
  const words = { title: 'Time line of the incident', description: [...wanted].join(', ') };
  const draw = (width: number) => drawChart(table, { ...words, width, bands, colors: colorOf });
  const figure = figureHtml(draw, { name: 'time-line', wide: 1120 });
  if (figure === null) return none;
  const data = Markup.trusted(jsonInHtml(zoomable(table, bands, colorOf)));
  return markup`${legend(diagnosis, colors)}${figure}
<script type="application/json" id="time-line-data">${data}</script>
`;
}

/** The measure without what it is of. */
function kindOf(measure: string): string {
  return measure.split(': ')[0]!;
}

/** Measures of the time line, by what is known of the causes. */
function panelsFor({ causes }: Diagnosis): Set<string> {
  const found = causes.filter(isFound);
  const told = found.filter(({ verdict }) => verdict !== 'possible');
  const roots = (told.length > 0 ? told : found).toSorted(
    (a, b) => Number(a.root !== null) - Number(b.root !== null),
  );
  const panels = roots.flatMap((row) => row.panels);
  return new Set([...ALWAYS, ...panels, ...(panels.length === 0 ? HEALTHY : [])]);
}

/** The rows of a few panels: of each kind that is wanted the first, as many seconds as there is room for, kind by kind. */
function fewPanels(rows: readonly Value[][], kinds: readonly string[]): Value[][] {
  const panels = new Map<string, Value[][]>();
  for (const row of rows) {
    const name = String(row[0]);
    const known = panels.get(name);
    if (known) known.push(row);
    else panels.set(name, [row]);
  }
  const ofKind = kinds.map((kind) => [...panels.keys()].filter((name) => kindOf(name) === kind));
  const deepest = Math.max(...ofKind.map((names) => names.length));
  const kept = Array.from({ length: deepest }, (_, turn) =>
    ofKind.flatMap((names) => names.slice(turn, turn + 1)),
  )
    .flat()
    .slice(0, MOST.panels);
  return ofKind.flat().flatMap((name) => (kept.includes(name) ? panels.get(name)! : []));
}

/** The times of faults; a cost that goes on all the time would shade all. */
function bandsOf({ causes }: Diagnosis, colors: ReadonlyMap<string, string>): Band[] {
  return timed(causes)
    .filter(({ kind }) => kind === 'fault')
    .map((row) => ({
      name: row.title,
      from: Date.parse(row.first_seen!),
      to: Date.parse(row.last_seen ?? row.first_seen!),
      color: colors.get(row.cause)!,
    }));
}

function timed(causes: readonly CauseRow[]): CauseRow[] {
  return causes.filter((row) => isFound(row) && row.first_seen !== null);
}

function legend({ causes }: Diagnosis, colors: ReadonlyMap<string, string>): Markup | null {
  const items = timed(causes).map(
    (row) =>
      markup`<li>${swatch(colors.get(row.cause)!)} ${row.title}: <span class="when">${timeRange(row.first_seen, row.last_seen)}</span>${row.kind === 'cost' ? ' (a cost, not shaded)' : ''}</li>`,
  );
  return items.length === 0 ? null : markup`<ul class="legend">${items}</ul>\n`;
}

/** The same panels for the page's script, as steps: each value holds from its second to the next one's. */
function zoomable(table: Table, bands: readonly Band[], colorOf: (title: string) => string | null): object {
  const plot = plotOf(table, Infinity)!;
  const [from, to] = plot.domain;
  return {
    from: from / 1000,
    to: to / 1000,
    panels: plot.panels.map((panel) => ({
      title: panel.title,
      unit: measureOf(panel.measure),
      limit: panel.limit,
      color: colorName(colorOf(panel.title) ?? SERIES_COLORS[0]!),
      ...stepsOf(panel, from),
      gaps: gapsOf(panel.marks).map(({ x, x2 }) => ({ from: x / 1000, to: x2 / 1000 })),
    })),
    bands: bands.map((band) => ({
      ...band,
      from: band.from / 1000,
      to: band.to / 1000,
      color: colorName(band.color),
    })),
  };
}

/** The custom property that a colour comes from: a canvas has to ask for its value. */
function colorName(color: string): string {
  return /--[\w-]+/.exec(color)![0];
}

function stepsOf({ marks }: Panel, start: number): { x: number[]; y: (number | null)[] } {
  const [x, y]: [number[], (number | null)[]] = [[], []];
  const ordered = marks.toSorted((a, b) => a.x - b.x);
  for (const [i, mark] of ordered.entries()) {
    x.push((mark.x - start) / 1000);
    y.push(mark.y === null ? null : Number(mark.y.toPrecision(6)));
    const end = mark.x2 ?? mark.x;
    if (
      end > mark.x &&
      ordered[i + 1]?.x !== end &&
      (ordered[i + 1]?.x ?? Infinity) > end &&
      mark.y !== null
    ) {
      // a step ends where nothing follows on it
      x.push((end - start) / 1000 - 1e-3, (end - start) / 1000);
      y.push(y.at(-1)!, null);
    }
  }
  return { x, y };
}
