import { createColors } from 'picocolors';
import { whatToCollect } from '../packs/evidence.js';
import type { Result, ResultColumn } from '../packs/result.js';
import type { Value } from '../packs/value.js';
import { alignsRight, cellText } from './cell.js';
import { columnWidths, GUTTER, headerLines } from './column-widths.js';
import { printable } from './escape.js';
import type { Format, Layout, Output } from './format.js';
import { writeHeadline } from './headline.js';
import { writeRecords } from './records.js';
import { padEnd, padStart, shorten, widthOf, wrap } from './text.js';

/** Rows that the widths are taken from; wider cells that come later are shortened on a terminal. */
const MEASURED_ROWS = 1000;

/** Tables for a terminal. Where the columns cannot fit, each row becomes a block of lines. */
export const table: Format = {
  name: 'table',
  extension: 'txt',
  async write({ results }, output, layout) {
    let first = true;
    for await (const result of results) {
      if (!first) await output.write('\n');
      first = false;
      if (result.missing.length > 0) await writeMissing(result, output, layout);
      else if (result.query?.kind === 'headline') await writeHeadline(result, output, layout);
      else await writeTable(result, output, layout);
    }
  },
};

async function writeTable(result: Result, output: Output, layout: Layout): Promise<void> {
  await writeTitle(result, output, layout);
  const rows = result.rows[Symbol.asyncIterator]();
  const start: string[][] = [];
  let next = await rows.next();
  for (; !next.done && start.length < MEASURED_ROWS; next = await rows.next()) {
    start.push(...next.value.map((row) => cells(row, result.columns)));
  }
  if (start.length === 0) return output.write(`${emptySentence(result)}\n`);
  const measured = result.columns.map((column, i) => ({
    header: printable(column.name),
    widest: start.reduce((widest, row) => Math.max(widest, widthOf(row[i]!)), 0),
    flexible: !alignsRight(column) && column.type !== 'time',
  }));
  const widths = columnWidths(measured, layout.width);
  const writeRows = widths
    ? (some: string[][]) =>
        output.write(some.map((row) => rowText(row, result.columns, widths, layout)).join(''))
    : (some: string[][]) => writeRecords(some, result.columns, output, layout);
  if (widths) await output.write(headerText(result.columns, widths, layout));
  await writeRows(start);
  for (; !next.done; next = await rows.next()) {
    await writeRows(next.value.map((row) => cells(row, result.columns)));
  }
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
