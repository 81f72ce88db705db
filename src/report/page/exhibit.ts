import { whatToCollect } from '../../packs/evidence.js';
import type { Query } from '../../packs/query.js';
import { runQuery } from '../../packs/run.js';
import { drawChart, WIDTHS } from '../charts/index.js';
import { counted } from '../../base/counted.js';
import { html as escaped } from '../escape.js';
import { type Budget, MOST_ROWS } from './budget.js';
import { dataTable } from './data-table.js';
import { originOf } from './origin.js';
import type { PageRequest } from './request.js';
import { readTableRows, type TableRows } from './table-rows.js';
import { oneLine } from '../text.js';

/** Rows that a picture is drawn of at most. */
const DRAWN = 20_000;

/** One query in the page: what it shows, its picture, its rows, how it was counted. */
export async function exhibit(query: Query, request: PageRequest, budget: Budget): Promise<string> {
  const { database, options } = request;
  const params = paramsOf(query, options.params);
  const result = await runQuery(database, query, options);
  const start = `<article class="exhibit" id="${idOf(query)}">\n<h3>${escaped(query.title)}</h3>\n`;
  if (result.missing.length > 0) return `${start}${noEvidence(result.missing)}</article>\n`;
  const table = await readTableRows(result, query.chart === null ? MOST_ROWS : DRAWN);
  const about = `<p class="about">${escaped(descriptionOf(query, params))}</p>\n`;
  const origin = originOf(query, params);
  if (table.total === 0) return `${start}<p>Nothing of this kind was seen.</p>\n${origin}</article>\n`;
  const pictures = await picturesOf(query, table, params);
  const rows = dataTable(
    {
      id: `${idOf(query)}-rows`,
      caption: `${query.title}, ${counted(table.total, 'row')}`,
      file: `${query.id.replaceAll('/', '-')}.csv`,
      elsewhere: request.elsewhere(query),
    },
    table,
    budget,
  );
  const data =
    query.kind !== 'chart'
      ? rows
      : `<details class="rows"><summary>The rows of this picture</summary>\n${rows}</details>\n`;
  return `${start}${about}${pictures}${data}${origin}</article>\n`;
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

async function picturesOf(
  query: Query,
  { columns, rows }: TableRows,
  params: Readonly<Record<string, string | null>>,
): Promise<string> {
  const { chart, title, kind } = query;
  // bars beside a table would only say again what its rows say
  if (chart === null || (kind !== 'chart' && chart.mark === 'bar')) return '';
  const words = { title, description: descriptionOf(query, params) };
  const drawn = [];
  for (const [size, width] of Object.entries(WIDTHS)) {
    const svg = await drawChart({ chart, columns, rows, params }, { ...words, width });
    if (svg !== null) drawn.push(`<div class="${size}">${svg}</div>`);
  }
  return drawn.length === 0 ? '' : `<figure>${drawn.join('\n')}</figure>\n`;
}

function noEvidence(missing: readonly string[]): string {
  const things = whatToCollect(missing).join('; ');
  return `<p class="about">There is no evidence for this. Collect ${escaped(things)}</p>\n`;
}

/** A query's description in one line, with the values of the parameters that it names. */
function descriptionOf({ description }: Query, params: Readonly<Record<string, string | null>>): string {
  return oneLine(description).replace(/\$(\w+)/g, (whole, name: string) => params[name] ?? whole);
}
