import { createColors } from 'picocolors';
import type { ResultColumn } from '../packs/result.js';
import { printable } from './escape.js';
import type { Layout, Output } from './format.js';
import { widthOf, wrap } from './text-layout.js';

/** Rows too wide for a table: a block a row, a line a column. */
export async function writeRecords(
  rows: readonly string[][],
  columns: readonly ResultColumn[],
  output: Output,
  layout: Layout,
): Promise<void> {
  const colors = createColors(layout.color);
  const names = columns.map((column) => printable(column.name));
  const indent = Math.max(...names.map(widthOf)) + 2;
  const room = Math.max(20, layout.width - indent);
  for (const row of rows) {
    const lines = row.flatMap((cell, i) =>
      (widthOf(cell) <= room ? [cell] : wrap(cell, room)).map((part, k) => {
        const name = k === 0 ? names[i]! : '';
        return `${name && colors.bold(name)}${' '.repeat(indent - widthOf(name))}${part}`.trimEnd();
      }),
    );
    await output.write(`${lines.join('\n')}\n\n`);
  }
}
