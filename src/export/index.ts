import { join } from 'node:path';
import { makeFolderOf, withFile } from '../report/file-output.js';
import { exportCsv } from './csv.js';
import type { Exporter, ExportRequest, ManifestEntry } from './exporter.js';
import { exportMarkdown } from './markdown.js';
import { exportPage } from './page.js';

export type { ExportRequest, ManifestEntry } from './exporter.js';

/** What can be exported, by the name of its flag, in the order that files are written. */
const EXPORTERS = {
  csv: exportCsv,
  html: exportPage,
  markdown: exportMarkdown,
} satisfies Record<string, Exporter>;

export type ExportFormat = keyof typeof EXPORTERS;
export const EXPORT_FORMATS = Object.keys(EXPORTERS) as readonly ExportFormat[];

/** What is written where no format was asked for. */
export const DEFAULT_FORMATS: readonly ExportFormat[] = ['csv', 'html'];

const MANIFEST = 'manifest.json';

/**
 * Writes some formats into the request's folder, then manifest.json: `about` and an entry for each file.
 * Throws UserError where a file cannot be written.
 */
export async function exportAll(
  formats: readonly ExportFormat[],
  request: Omit<ExportRequest, 'formats'>,
  about: Readonly<Record<string, unknown>>,
): Promise<ManifestEntry[]> {
  const path = join(request.folder, MANIFEST);
  await makeFolderOf(path);
  const files: ManifestEntry[] = [];
  for (const format of formats) files.push(...(await EXPORTERS[format]({ ...request, formats })));
  await withFile(path, (output) => output.write(`${JSON.stringify({ ...about, files }, null, 2)}\n`));
  return files;
}
