import type { FilterValues } from '../packs/filters.js';
import type { Catalog } from '../packs/load.js';
import { eachRowOf, rowsOf } from '../packs/rows.js';
import type { Database } from '../store/database.js';
import { answerFromCache, type Question } from './cache.js';
import { type Change, stepParams } from './change.js';
import { type ChangedLookup, lookupsOf, type Step } from './lookups.js';

/** Every lookup of the evidence as it was and as it would be after a change. */
export async function simulate(
  database: Database,
  catalog: Catalog,
  change: Change,
  filters: FilterValues,
): Promise<ChangedLookup[]> {
  const steps = await rowsOf<Step>(database, catalog, 'what-if/steps', stepParams(change), filters);
  if (change.nodelocal !== null) {
    const params = { most_seconds: String(change.nodelocal.most) };
    const questions = eachRowOf<Question>(database, catalog, 'what-if/questions', params, filters);
    await answerFromCache(steps, questions, change.nodelocal);
  }
  return lookupsOf(steps);
}
