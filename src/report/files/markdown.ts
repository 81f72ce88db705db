import { join } from 'node:path';
import { DuckDbEngine, runOn } from '../../packs/engine.js';
import { compose, DIAGNOSIS_QUERIES, readDiagnosis } from '../diagnosis/index.js';
import { writeMarkdown } from '../diagnosis/markdown.js';
import { withFile } from '../file-output.js';
import { markdown } from '../markdown.js';
import type { ExportRequest, ManifestEntry } from './exporter.js';

const FILE = 'report.md';

/** report.md, for a ticket: the whole diagnosis, and a table for each query that was named. */
export async function exportMarkdown(request: ExportRequest): Promise<ManifestEntry[]> {
  const { database, catalog, folder, named, options, layout } = request;
  const engine = new DuckDbEngine(database);
  const results = runOn(engine, catalog.select(DIAGNOSIS_QUERIES), options);
  const diagnosis = await readDiagnosis(results, options.filters);
  await withFile(join(folder, FILE), async (output) => {
    await writeMarkdown(compose(diagnosis, layout, false), output);
    if (named === null) return;
    await output.write('\n');
    await markdown({ results: runOn(engine, named, options), single: false }, output, layout);
  });
  return [{ file: FILE, format: 'markdown', title: 'Diagnosis' }];
}
