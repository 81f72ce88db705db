import type { Result, ResultColumn } from '../packs/result.js';
import type { Value } from '../packs/value.js';
import { alignsRight, cellText } from './cell.js';
import { markdown as escaped } from './escape.js';
import type { Output } from './format.js';
import { inTurn, noEvidence } from './in-turn.js';

/** Tables for a ticket, in Markdown as GitHub and Jira show it. */
export const markdown = inTurn(async (result, output) => {
  const { query, missing } = result;
  if (query) await output.write(`## ${escaped(query.title)}\n\n`);
  if (missing.length > 0) await output.write(`${escaped(noEvidence(missing))}\n`);
  else await writeTable(result, output);
});

async function writeTable({ columns, rows }: Result, output: Output): Promise<void> {
  await output.write(line(columns.map((column) => escaped(column.name))));
  await output.write(line(columns.map((column) => (alignsRight(column) ? '---:' : '---'))));
  for await (const chunk of rows) {
    await output.write(chunk.map((row) => line(row.map((value, i) => cell(value, columns[i]!)))).join(''));
  }
}

function cell(value: Value, column: ResultColumn): string {
  return escaped(cellText(value, column));
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`;
}
