import type { Result } from '../packs/result.js';
import type { Id } from '../packs/rows.js';

/** Where a report is written: a stream with back-pressure. */
export interface Output {
  write(text: string): Promise<void>;
}

/** How reports for people may look in the place that they are written to. */
export interface Layout {
  /** Columns of the terminal; Infinity where nothing needs to fit. */
  width: number;
  /** Whether tables have all of their columns, however wide. */
  wide?: boolean;
  /** Whether more than ASCII may be used. */
  unicode: boolean;
  /** Whether colours may be used. */
  color: boolean;
  /** The command that reports a query on the same database, for "look next" lines. */
  reportCommand: (query: string) => string;
  /** The command that explains a lookup on the same database; null where there is none. */
  explainCommand: ((lookup: Id) => string) | null;
}

export interface Report {
  /** Results in order; each is run when the one before has been written. */
  results: AsyncIterable<Result>;
  /** Whether one query was asked for by its id; formats for programs then leave out the outer level. */
  single: boolean;
}

/** The formats by their names, as `--format` takes them. */
export const FORMAT_NAMES = ['table', 'csv', 'json', 'markdown', 'slack', 'html'] as const;

export type FormatName = (typeof FORMAT_NAMES)[number];

/** Writes the rows of queries in a format. */
export type RowsWriter = (report: Report, output: Output, layout: Layout) => Promise<void>;
