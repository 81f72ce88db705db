import { join } from 'node:path';
import { runQueries } from '../packs/run.js';
import { compose, DIAGNOSIS_QUERIES, DOCUMENTS, readDiagnosis } from '../report/diagnosis/index.js';
import { withFile } from '../report/file-output.js';
import type { ExportRequest, ManifestEntry } from './exporter.js';

const FILE = 'index.html';

/** index.html: one page that holds all that it shows. */
export async function exportPage(request: ExportRequest): Promise<ManifestEntry[]> {
  const { database, catalog, folder, options, layout } = request;
  const diagnosis = await readDiagnosis(runQueries(database, catalog.select(DIAGNOSIS_QUERIES), options));
  await withFile(join(folder, FILE), (output) => DOCUMENTS.html(compose(diagnosis, layout, false), output));
  return [{ file: FILE, format: 'html', title: 'Diagnosis' }];
}
