import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type Query, standsAlone } from '../../packs/query.js';
import type { Result } from '../../packs/result.js';
import { runQuery } from '../../packs/run.js';
import { writeCsv } from '../csv.js';
import { makeFolderOf, withFile } from '../file-output.js';
import type { ExportRequest, ManifestEntry } from './exporter.js';

/** PACK/QUERY.csv for every query, one after another. */
export async function exportCsv(request: ExportRequest): Promise<ManifestEntry[]> {
  const entries: ManifestEntry[] = [];
  for (const query of request.named ?? request.catalog.queries.filter(standsAlone)) {
    const result = await runQuery(request.database, query, request.options);
    entries.push(await writeResult(request.folder, query, result));
  }
  return entries;
}

async function writeResult(folder: string, query: Query, result: Result): Promise<ManifestEntry> {
  const { id, title, columns, sql } = query;
  const file = `${id}.csv`;
  const path = join(folder, file);
  await makeFolderOf(path);
  let rows = 0;
  await withFile(path, async (output) => {
    rows = await writeCsv(result, output);
  });
  const sqlSha256 = createHash('sha256').update(sql).digest('hex');
  return { file, format: 'csv', query: id, title, rows, columns, missing: result.missing, sql, sqlSha256 };
}
