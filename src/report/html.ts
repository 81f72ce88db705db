import { createHash } from 'node:crypto';
import { whatToCollect } from '../packs/what-to-collect.js';
import type { Result, ResultColumn } from '../packs/result.js';
import type { Value } from '../packs/value.js';
import { alignsRight, cellText } from './cell.js';
import { Markup, markup } from './markup.js';
import type { Output, RowsWriter } from './format.js';
import { oneLine } from './text-layout.js';

const STYLE = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { margin: 2rem auto; max-width: 75rem; padding: 0 1rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .25rem .75rem; text-align: left; border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent); vertical-align: top; overflow-wrap: anywhere; }
.number { text-align: right; white-space: nowrap; }
@media print { body { margin: 0; max-width: none; } }
`;
const NUMBER = markup` class="number"`;
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** One page with a table for each result. It loads nothing and runs no script. */
export const html: RowsWriter = async ({ results }, output) => {
  await output.write(htmlStart().text);
  for await (const result of results) await writeSection(result, output);
  await output.write(htmlEnd().text);
};

/** A page up to its first heading; it may load nothing and run no script. */
export function htmlStart(): Markup {
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${STYLE_HASH}'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>dnslens report</title>
<style>${Markup.trusted(STYLE)}</style>
</head>
<body>
<main>
<h1>dnslens report</h1>
`;
}

export function htmlEnd(): Markup {
  return markup`</main>\n</body>\n</html>\n`;
}

async function writeSection(result: Result, output: Output): Promise<void> {
  const { query, missing } = result;
  await output.write(markup`<section>\n`.text);
  if (query) await output.write(markup`<h2>${query.title}</h2>\n<p>${oneLine(query.description)}</p>\n`.text);
  if (missing.length > 0) {
    const things = whatToCollect(missing).map((thing) => markup`<li>${thing}</li>`);
    await output.write(markup`<p>There is no evidence for this. Collect:</p>\n<ul>${things}</ul>\n`.text);
  } else {
    await writeTable(result, output);
  }
  await output.write(markup`</section>\n`.text);
}

async function writeTable({ columns, rows }: Result, output: Output): Promise<void> {
  const headers = columns.map((column) => {
    const about = column.about === null ? null : markup` title="${oneLine(column.about)}"`;
    return markup`<th scope="col"${numberClass(column)}${about}>${column.name}</th>`;
  });
  await output.write(markup`<div class="wide"><table>\n<thead><tr>${headers}</tr></thead>\n<tbody>\n`.text);
  for await (const chunk of rows) {
    await output.write(markup`${chunk.map((row) => rowMarkup(row, columns))}`.text);
  }
  await output.write(markup`</tbody>\n</table></div>\n`.text);
}

function rowMarkup(row: readonly Value[], columns: readonly ResultColumn[]): Markup {
  const cells = row.map((value, i) => {
    const column = columns[i]!;
    return markup`<td${numberClass(column)}>${cellText(value, column)}</td>`;
  });
  return markup`<tr>${cells}</tr>\n`;
}

function numberClass(column: ResultColumn): Markup | null {
  return alignsRight(column) ? NUMBER : null;
}
