import { join } from 'node:path';
import { makeFolderOf, withFile } from '../file-output.js';
import { type FileFormat, FORMATS } from '../index.js';
import type { ExportRequest, ManifestEntry } from './exporter.js';

export type { ExportRequest, ManifestEntry } from './exporter.js';

/** What is written where no format was asked for. */
export const DEFAULT_FORMATS: readonly FileFormat[] = ['csv', 'html'];

const MANIFEST = 'manifest.json';

/**
 * Writes some formats into the request's folder, then manifest.json: `about` and an entry for each file.
 * Throws UserError where a file cannot be written.
 */
export async function exportAll(
  formats: readonly FileFormat[],
  request: Omit<ExportRequest, 'formats'>,
  about: Readonly<Record<string, unknown>>,
): Promise<ManifestEntry[]> {
  const path = join(request.folder, MANIFEST);
  await makeFolderOf(path);
  const files: ManifestEntry[] = [];
  for (const format of formats) files.push(...(await FORMATS[format].files({ ...request, formats })));
  await withFile(path, (output) => output.write(`${JSON.stringify({ ...about, files }, null, 2)}\n`));
  return files;
}
