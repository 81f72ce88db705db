import { csv } from './csv.js';
import type { DocumentWriter } from './diagnosis/document.js';
import { writeHtml, writeMarkdown, writeSlack, writeText } from './diagnosis/index.js';
import type { Exporter } from './files/exporter.js';
import type { FormatName, RowsWriter } from './format.js';
import { html } from './html.js';
import { json } from './json.js';
import { markdown } from './markdown.js';
import { slack } from './slack.js';
import { table } from './table.js';

/** What can be written in a format. */
export interface Format {
  rows: RowsWriter;
  /** The diagnosis as people read it; for programs the rows of diagnosis/causes are the diagnosis. */
  document?: DocumentWriter;
  /** What `export` writes into a folder, in the order of this table; loaded when it is asked for. */
  files?: Exporter;
}

/** Every format, by the name that `--format` takes and the flag of `export` has. */
export const FORMATS = {
  table: { rows: table, document: writeText },
  csv: { rows: csv, files: async (request) => (await import('./files/csv.js')).exportCsv(request) },
  json: { rows: json },
  html: {
    rows: html,
    document: writeHtml,
    files: async (request) => (await import('./files/page.js')).exportPage(request),
  },
  markdown: {
    rows: markdown,
    document: writeMarkdown,
    files: async (request) => (await import('./files/markdown.js')).exportMarkdown(request),
  },
  slack: { rows: slack, document: writeSlack },
} as const satisfies Record<FormatName, Format>;

type WithFiles<Name extends FormatName> = (typeof FORMATS)[Name] extends { files: Exporter } ? Name : never;

/** A format that can be exported. */
export type FileFormat = { [Name in FormatName]: WithFiles<Name> }[FormatName];

/** The formats that can be exported, in the order that files are written. */
export const FILE_FORMATS = Object.keys(FORMATS).filter(
  (name): name is FileFormat => 'files' in FORMATS[name as FormatName],
);
