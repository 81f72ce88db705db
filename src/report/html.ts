import { createHash } from 'node:crypto';
import { whatToCollect } from '../packs/what-to-collect.js';
import type { Result, ResultColumn } from '../packs/result.js';
import type { Value } from '../packs/value.js';
import { alignsRight, cellText } from './cell.js';
import { html as escaped } from './escape.js';
import type { Format, Output } from './format.js';
import { oneLine } from './text.js';

const STYLE = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { margin: 2rem auto; max-width: 75rem; padding: 0 1rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .25rem .75rem; text-align: left; border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent); vertical-align: top; overflow-wrap: anywhere; }
.number { text-align: right; white-space: nowrap; }
@media print { body { margin: 0; max-width: none; } }
`;
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** One page with a table for each result. It loads nothing and runs no script. */
export const html: Format = {
  async write({ results }, output) {
    await output.write(htmlStart());
    for await (const result of results) await writeSection(result, output);
    await output.write(htmlEnd());
  },
};

/** A page up to its first heading; it may load nothing and run no script. */
export function htmlStart(): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${STYLE_HASH}'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>dnslens report</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>dnslens report</h1>
`;
}

export function htmlEnd(): string {
  return '</main>\n</body>\n</html>\n';
}

async function writeSection(result: Result, output: Output): Promise<void> {
  const { query, missing } = result;
  await output.write('<section>\n');
  if (query)
    await output.write(`<h2>${escaped(query.title)}</h2>\n<p>${escaped(oneLine(query.description))}</p>\n`);
  if (missing.length > 0) {
    const things = whatToCollect(missing).map((thing) => `<li>${escaped(thing)}</li>`);
    await output.write(`<p>There is no evidence for this. Collect:</p>\n<ul>${things.join('')}</ul>\n`);
  } else {
    await writeTable(result, output);
  }
  await output.write('</section>\n');
}

async function writeTable({ columns, rows }: Result, output: Output): Promise<void> {
  const headers = columns.map((column) => {
    const about = column.about === null ? '' : ` title="${escaped(oneLine(column.about))}"`;
    return `<th scope="col"${numberClass(column)}${about}>${escaped(column.name)}</th>`;
  });
  await output.write(`<div class="wide"><table>\n<thead><tr>${headers.join('')}</tr></thead>\n<tbody>\n`);
  for await (const chunk of rows) {
    await output.write(chunk.map((row) => rowText(row, columns)).join(''));
  }
  await output.write('</tbody>\n</table></div>\n');
}

function rowText(row: readonly Value[], columns: readonly ResultColumn[]): string {
  const cells = row.map((value, i) => {
    const column = columns[i]!;
    return `<td${numberClass(column)}>${escaped(cellText(value, column))}</td>`;
  });
  return `<tr>${cells.join('')}</tr>\n`;
}

function numberClass(column: ResultColumn): string {
  return alignsRight(column) ? ' class="number"' : '';
}
