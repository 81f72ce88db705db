import type { FilterValues } from '../../packs/filters.js';
import type { Result } from '../../packs/result.js';
import { readObjects, type Row } from '../../packs/rows.js';
import type { CauseRow, Diagnosis, Overview, WorkloadRow } from './diagnosis.js';
import { narrowed } from './narrowed.js';

/** The queries whose results `readDiagnosis` takes. */
export const DIAGNOSIS_QUERIES = ['diagnosis/overview', 'diagnosis/causes', 'diagnosis/workloads'];

/** Reads the results of DIAGNOSIS_QUERIES, which ran with these filters. */
export async function readDiagnosis(
  results: AsyncIterable<Result>,
  filters: FilterValues,
): Promise<Diagnosis> {
  const rows = new Map<string, Row[]>();
  for await (const result of results) rows.set(result.query!.id, await readObjects(result));
  const [overview, causes, workloads] = DIAGNOSIS_QUERIES.map((id) => rows.get(id) as unknown);
  const diagnosis = {
    overview: (overview as Overview[])[0]!,
    causes: causes as CauseRow[],
    workloads: workloads as WorkloadRow[],
    narrowed: null,
  };
  return narrowed(diagnosis, filters);
}
