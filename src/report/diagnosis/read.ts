import type { FilterValues } from '../../packs/filters.js';
import type { Result } from '../../packs/result.js';
import { readObjects, type Row } from '../../packs/rows.js';
import type { CauseRow, Diagnosis, Gap, Overview, WorkloadRow } from './diagnosis.js';
import { narrowed } from './part-of-evidence.js';

/** The queries whose results `readDiagnosis` takes. */
export const DIAGNOSIS_QUERIES = [
  'diagnosis/overview',
  'diagnosis/causes',
  'diagnosis/workloads',
  'diagnosis/gaps',
];

/** Reads the results of DIAGNOSIS_QUERIES, which ran with these filters. */
export async function readDiagnosis(
  results: AsyncIterable<Result>,
  filters: FilterValues,
): Promise<Diagnosis> {
  const rows = new Map<string, Row[]>();
  for await (const result of results) rows.set(result.query!.id, await readObjects(result));
  const [overview, causes, workloads, gaps] = DIAGNOSIS_QUERIES.map((id) => rows.get(id) as unknown);
  const diagnosis = {
    overview: (overview as Overview[])[0]!,
    causes: causes as CauseRow[],
    workloads: workloads as WorkloadRow[],
    gaps: gaps as Gap[],
    narrowed: null,
  };
  return narrowed(diagnosis, filters);
}
