import type { Catalog } from '../../packs/load.js';
import type { Query } from '../../packs/query.js';
import type { RunOptions } from '../../packs/run.js';
import type { Layout } from '../format.js';
import type { Database } from '../../store/database.js';

/** What is to be exported, and where to. */
export interface ExportRequest {
  /** The evidence; it may be a redacted copy. */
  database: Database;
  /** The folder that files are written into; it is there. */
  folder: string;
  catalog: Catalog;
  /** The queries that were named; null where none was, which means all that stand alone. */
  named: readonly Query[] | null;
  /** Parameters and filters, checked. */
  options: RunOptions;
  /** How texts for people look, and the commands that they name. */
  layout: Layout;
  /** The formats that are written into the folder, so that one can point to another's files. */
  formats: readonly string[];
  /** The program and its version. */
  madeBy: string;
}

/** What manifest.json says of one file that was written. */
export interface ManifestEntry {
  /** Path in the folder, with `/`. */
  file: string;
  format: string;
  title: string;
  /** Of a file that one query made: the query. */
  query?: string;
  rows?: number;
  /** Each column's meaning and unit. */
  columns?: Readonly<Record<string, string>>;
  /** Tables without rows that the query needs; then the file has a header only. */
  missing?: readonly string[];
  sql?: string;
  sqlSha256?: string;
}

/** Writes one format into the folder; gives back what it wrote. Throws UserError where it cannot. */
export type Exporter = (request: ExportRequest) => Promise<ManifestEntry[]>;
