import { csvLine } from '../csv.js';
import { grouped } from '../../base/counted.js';
import { jsonInHtml } from '../escape.js';
import { lines, Markup, markup } from '../markup.js';
import type { Value } from '../../packs/value.js';
import type { Budget } from './budget.js';
import { type ColumnView, viewOf } from './column-view.js';
import type { Selectable } from './incident/selectable.js';
import type { TableRows } from './table-rows.js';
import { oneLine } from '../text-layout.js';

/** What a table is called, and where all its rows are. */
export interface TableNames {
  /** Unique in the page. */
  id: string;
  caption: string;
  /** Name of the file that its rows are downloaded as. */
  file: string;
  /** Where rows that are left out can be had, as the end of a sentence. */
  elsewhere: string;
}

/** Rows of a table on paper; print.css has the same number. */
const ON_PAPER = 6;

/**
 * A table in a box of its own, and beside it what the page's script needs: the rows as lines of CSV, and the
 * values of numbers and times to sort by, and by which time and workload a selection keeps a row. Rows past the budget are left out, which is said.
 */
export function dataTable(
  names: TableNames,
  table: TableRows,
  budget: Budget,
  selectable: Selectable,
): Markup {
  const views = table.columns.map((column, i) =>
    viewOf(
      column,
      table.rows.map((row) => row[i]!),
    ),
  );
  const shown = table.rows.slice(
    0,
    budget.take(table.rows, (row) => sizeOf(row, views)),
  );
  const head = table.columns.map(
    ({ about }, i) => markup`<th scope="col"${classOf(views[i]!)}${title(about)}>${headText(views[i]!)}</th>`,
  );
  const body = shown.map((row) => rowMarkup(row, views));
  const { marks, timed, owned } = selectable.marker(table.columns);
  const marked = shown.map(marks);
  const data = {
    ...(timed ? { spans: marked.map(({ span }) => span) } : {}),
    ...(owned ? { who: marked.map(({ who }) => who) } : {}),
    file: names.file,
    head: csvLine(table.columns.map(({ name }) => name)),
    lines: shown.map(csvLine),
    keys: Object.fromEntries(
      table.columns.flatMap(({ type }, i) =>
        type === 'number' || type === 'time' ? [[i, shown.map((row) => sortKey(row[i]!, type))]] : [],
      ),
    ),
  };
  return markup`<div class="data" id="${names.id}">
<div class="box" role="region" tabindex="0" aria-label="${names.caption}"><table>
<caption>${names.caption}</caption>
<thead><tr>${head}</tr></thead>
<tbody>
${lines(body)}
</tbody>
</table></div>
${leftOut(shown.length, table.total, names.elsewhere)}<script type="application/json">${Markup.trusted(jsonInHtml(data))}</script>
</div>
`;
}

function rowMarkup(row: readonly Value[], views: readonly ColumnView[]): Markup {
  const cells = row.map((value, i) => markup`<td${classOf(views[i]!)}>${views[i]!.text(value)}</td>`);
  return markup`<tr>${cells}</tr>`;
}

/** Bytes of a row in the page: as HTML, as a line of CSV, and its keys. */
function sizeOf(row: readonly Value[], views: readonly ColumnView[]): number {
  return (
    Buffer.byteLength(rowMarkup(row, views).text) +
    Buffer.byteLength(jsonInHtml(csvLine(row))) +
    14 * row.length +
    34
  );
}

/** What to sort a value by: a number, of a time milliseconds since 1970. */
function sortKey(value: Value, type: 'number' | 'time'): Value {
  if (type === 'number' || typeof value !== 'string') return value;
  const time = Date.parse(value);
  return Number.isNaN(time) ? value : time;
}

function headText({ label, unit }: ColumnView): Markup {
  return markup`${label}${unit === null ? null : markup` <span class="unit">${unit}</span>`}`;
}

function classOf({ right, room }: ColumnView): Markup | null {
  const name = right ? 'number' : room;
  return name === 'short' ? null : markup` class="${name}"`;
}

function title(about: string | null): Markup | null {
  return about === null ? null : markup` title="${oneLine(about)}"`;
}

function leftOut(shown: number, total: number, elsewhere: string): Markup | null {
  const paper =
    shown > ON_PAPER ? markup`<p class="left-out on-paper">On paper the first ${ON_PAPER} rows.</p>\n` : null;
  if (shown >= total) return paper;
  return markup`<p class="left-out">The first ${grouped(shown)} of ${grouped(total)} rows; ${elsewhere}.</p>\n${paper}`;
}
