import { createColors } from 'picocolors';
import { counted } from '../base/counted.js';
import { whatToCollect } from '../packs/what-to-collect.js';
import type { Result, ResultColumn } from '../packs/result.js';
import type { Value } from '../packs/value.js';
import { barColumn } from './bar-column.js';
import { alignsRight, cellText } from './cell.js';
import { GUTTER, headerLines } from './column-widths.js';
import { printable } from './escape.js';
import type { Layout, Output } from './format.js';
import { writeHeadline } from './headline.js';
import { inTurn } from './in-turn.js';
import { MEASURED_ROWS, tableForm } from './narrow-table.js';
import { writeRecords } from './records.js';
import { sparklines } from './sparklines.js';
import { padEnd, padStart, shorten, widthOf, wrap } from './text-layout.js';

/** Rows of a chart that are gathered, so that its lines are drawn of all of them; of more none are. */
const CHARTED_ROWS = 20_000;

/** Tables for a terminal. Where the columns cannot fit, each row becomes a block of lines. */
export const table = inTurn((result, output, layout) => {
  if (result.missing.length > 0) return writeMissing(result, output, layout);
  if (result.query?.kind === 'headline') return writeHeadline(result, output, layout);
  return writeTable(result, output, layout);
});

async function writeTable(result: Result, output: Output, layout: Layout): Promise<void> {
  await writeTitle(result, output, layout);
  const chart = result.query?.chart ?? null;
  const rows = result.rows[Symbol.asyncIterator]();
  const start: Value[][] = [];
  let next = await rows.next();
  for (; !next.done && start.length < (chart ? CHARTED_ROWS : MEASURED_ROWS); next = await rows.next()) {
    start.push(...next.value);
  }
  if (start.length === 0) return output.write(`${emptySentence(result)}\n`);
  if (next.done) await writeSparklines(result, start, output, layout);
  const write = rowWriter(result, start, layout);
  await output.write(write.header);
  await write.rows(start, output);
  for (; !next.done; next = await rows.next()) await write.rows(next.value, output);
  await output.write(write.footer);
}

async function writeSparklines(
  { query, columns }: Result,
  rows: readonly Value[][],
  output: Output,
  layout: Layout,
): Promise<void> {
  const lines = sparklines(query, columns, rows, layout.width, layout.unicode);
  if (lines.length > 0) await output.write(`${lines.join('\n')}\n\n`);
}

interface RowWriter {
  header: string;
  footer: string;
  rows(some: readonly Value[][], output: Output): Promise<void>;
}

/** Decides from the first rows how all are laid out: as a table, with bars where there is room, or as blocks. */
function rowWriter(result: Result, start: readonly Value[][], layout: Layout): RowWriter {
  const { columns } = result;
  const form = tableForm(result, start, layout.wide ? Infinity : layout.width);
  if (form === null) {
    return {
      header: '',
      footer: '',
      rows: (some, output) =>
        writeRecords(
          some.map((row) => cells(row, columns)),
          columns,
          output,
          layout,
        ),
    };
  }
  const chart = result.query?.chart ?? null;
  const room = layout.width - form.widths.reduce((sum, width) => sum + width + GUTTER, 0);
  const bars = barColumn(chart, columns, start, room, layout.unicode);
  const shown = bars
    ? [...form.columns, { name: chart!.y[0]!, type: 'text' as const, about: null }]
    : form.columns;
  const all = bars ? [...form.widths, bars.width] : form.widths;
  const text = (row: readonly Value[]): string =>
    rowText([...cells(form.cells(row), form.columns), ...(bars ? [bars.text(row)] : [])], shown, all, layout);
  return {
    header: headerText(shown, all, layout),
    footer: leftOutText(form.without, layout),
    rows: (some, output) => output.write(some.map(text).join('')),
  };
}

/** What a narrow table leaves out, and how to see it. */
function leftOutText(names: readonly string[], layout: Layout): string {
  if (names.length === 0) return '';
  const text = `${counted(names.length, 'more column')} with --wide: ${names.map(printable).join(', ')}`;
  const { dim } = createColors(layout.color);
  return `\n${wrap(text, layout.width).map(dim).join('\n')}\n`;
}

async function writeTitle({ query }: Result, output: Output, layout: Layout): Promise<void> {
  if (!query) return;
  const colors = createColors(layout.color);
  await output.write(`${colors.bold(printable(query.title))} ${colors.dim(`(${query.id})`)}\n\n`);
}

async function writeMissing(result: Result, output: Output, layout: Layout): Promise<void> {
  await writeTitle(result, output, layout);
  const lines = [`There is no evidence for this: ${result.missing.join(', ')} without rows. Collect:`];
  lines.push(...whatToCollect(result.missing).map((thing) => `  ${thing}`));
  await output.write(`${lines.join('\n')}\n`);
}

function emptySentence({ query }: Result): string {
  return query?.kind === 'check' ? 'Nothing found: no row alarms.' : 'No rows.';
}

function cells(row: readonly Value[], columns: readonly ResultColumn[]): string[] {
  return row.map((value, i) => cellText(value, columns[i]!));
}

function headerText(columns: readonly ResultColumn[], widths: readonly number[], layout: Layout): string {
  const colors = createColors(layout.color);
  const headers = columns.map((column, i) => headerLines(printable(column.name), widths[i]!));
  const height = Math.max(...headers.map((lines) => lines.length));
  const grid = headers.map((lines) => [...Array<string>(height - lines.length).fill(''), ...lines]);
  const rule = widths.map((width) => (layout.unicode ? '─' : '-').repeat(width)).join(' '.repeat(GUTTER));
  const text = gridText(grid, columns, widths, height).trimEnd();
  return `${text.split('\n').map(colors.bold).join('\n')}\n${colors.dim(rule)}\n`;
}

function rowText(
  row: readonly string[],
  columns: readonly ResultColumn[],
  widths: readonly number[],
  layout: Layout,
): string {
  const grid = row.map((cell, i) => {
    if (layout.width === Infinity || widthOf(cell) <= widths[i]!) return [cell];
    if (cell.includes(' ')) return wrap(cell, widths[i]!);
    return [shorten(cell, widths[i]!, layout.unicode ? '…' : '...')];
  });
  return gridText(grid, columns, widths, Math.max(...grid.map((lines) => lines.length)));
}

function gridText(
  grid: readonly string[][],
  columns: readonly ResultColumn[],
  widths: readonly number[],
  height: number,
): string {
  let text = '';
  for (let line = 0; line < height; line++) {
    const parts = grid.map((lines, i) =>
      (alignsRight(columns[i]!) ? padStart : padEnd)(lines[line] ?? '', widths[i]!),
    );
    text += `${parts.join(' '.repeat(GUTTER)).trimEnd()}\n`;
  }
  return text;
}
