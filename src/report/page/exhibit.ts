import { whatToCollect } from '../../packs/what-to-collect.js';
import type { Query } from '../../packs/query.js';
import { runQuery } from '../../packs/run.js';
import { drawChart } from '../charts/index.js';
import { counted } from '../../base/counted.js';
import { type Markup, markup } from '../markup.js';
import { type Budget, MOST_ROWS } from './budget.js';
import { dataTable } from './data-table.js';
import { figureHtml } from './figure.js';
import { originOf } from './origin.js';
import type { Selectable } from './incident/selectable.js';
import type { PageRequest } from './request.js';
import { readTableRows, type TableRows } from './table-rows.js';
import { oneLine } from '../text-layout.js';

/** Rows that a picture is drawn of at most. */
const DRAWN = 20_000;

/** What one query of a page came to. */
export type Exhibit =
  | { kind: 'shown'; html: Markup }
  /** No row: nothing of this kind was seen. */
  | { kind: 'empty'; title: string }
  /** Not run, for want of these tables' rows. */
  | { kind: 'missing'; title: string; tables: readonly string[] };

/** One query in the page: what it shows, its picture, its rows, how it was counted; folded to its title if asked for. */
export async function exhibit(
  query: Query,
  request: PageRequest,
  { budget, selectable, folded }: { budget: Budget; selectable: Selectable; folded: boolean },
): Promise<Exhibit> {
  const { database, options } = request;
  const { title } = query;
  const params = paramsOf(query, options.params);
  const result = await runQuery(database, query, options);
  if (result.missing.length > 0) return { kind: 'missing', title, tables: result.missing };
  const table = await readTableRows(result, query.chart === null ? MOST_ROWS : DRAWN);
  if (table.total === 0) return { kind: 'empty', title };
  const rows = dataTable(
    {
      id: `${idOf(query)}-rows`,
      caption: `${title}, ${counted(table.total, 'row')}`,
      file: `${query.id.replaceAll('/', '-')}.csv`,
      elsewhere: request.elsewhere(query),
    },
    table,
    budget,
    selectable,
  );
  const pictures = picturesOf(query, table, params);
  const data =
    query.kind !== 'chart' || pictures === null
      ? rows
      : markup`<details class="rows"><summary>The rows of this picture</summary>\n${rows}</details>\n`;
  const about = descriptionOf(query, params);
  const told = about === '' ? null : markup`<p class="about">${about}</p>\n`;
  const body = [told, pictures, data, originOf(query, params)];
  const id = idOf(query);
  return {
    kind: 'shown',
    html: folded
      ? markup`<details class="exhibit fold" id="${id}">\n<summary><h3>${title}</h3> <span class="about">${counted(table.total, 'row')}</span></summary>\n${body}</details>\n`
      : markup`<article class="exhibit" id="${id}">\n<h3>${title}</h3>\n${body}</article>\n`,
  };
}

/** What was not to be had, in a sentence each. */
export function absences(exhibits: readonly Exhibit[]): Markup[] {
  const empty = exhibits.flatMap((one) => (one.kind === 'empty' ? [one.title] : []));
  const missing = exhibits.filter((one) => one.kind === 'missing');
  const things = whatToCollect([...new Set(missing.flatMap(({ tables }) => tables))]).join('; ');
  return [
    ...(empty.length > 0 ? [`Nothing was seen of: ${empty.join('; ')}.`] : []),
    ...(missing.length > 0
      ? [`There is no evidence for: ${missing.map(({ title }) => title).join('; ')}. Collect ${things}`]
      : []),
  ].map((text) => markup`<p class="about">${text}</p>\n`);
}

/** The element's id that a query's exhibit has. */
function idOf({ id }: Query): string {
  return `query-${id.replaceAll('/', '-')}`;
}

function paramsOf(query: Query, given: Readonly<Record<string, string>>): Record<string, string | null> {
  return Object.fromEntries(
    Object.entries(query.params).map(([name, { default: preset }]) => [name, given[name] ?? preset]),
  );
}

function picturesOf(
  query: Query,
  { columns, rows }: TableRows,
  params: Readonly<Record<string, string | null>>,
): Markup | null {
  const { chart, title, kind } = query;
  // bars beside a table would only say again what its rows say
  if (chart === null || (kind !== 'chart' && chart.mark === 'bar')) return null;
  const words = { title, description: descriptionOf(query, params) };
  const figure = figureHtml((width) => drawChart({ chart, columns, rows, params }, { ...words, width }));
  return figure && markup`${figure}\n`;
}

/** A query's description in one line, with the values of the parameters that it names. */
function descriptionOf({ description }: Query, params: Readonly<Record<string, string | null>>): string {
  // what a row is, is for who writes queries
  const told = oneLine(description).replace(/^One row per [^.:]*(?:: *|\. +|\.?$)/, '');
  const text = told === '' ? '' : told[0]!.toUpperCase() + told.slice(1);
  return text.replace(/\$(\w+)/g, (whole, name: string) => params[name] ?? whole);
}
