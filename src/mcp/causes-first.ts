import { isFound, type Verdict } from '../causes/cause.js';

/** A row of diagnosis/causes as JSON; docs/schema/causes.schema.json has all of it. */
interface CauseRow extends Record<string, unknown> {
  cause: string;
  verdict: Verdict;
}

/** What of a cause is told first: the rest is for `explain` and `full`. */
const TOLD = [
  'cause',
  'title',
  'kind',
  'verdict',
  'root',
  'summary',
  'findings',
  'lookups',
  'lookup_seconds',
  'clients',
  'first_seen',
  'last_seen',
  'change',
  'worst_lookup_id',
  'look',
];

/** The causes that were found, without what only a closer look needs; the others by name. */
export function causesFirst(told: unknown): unknown {
  const { 'diagnosis/overview': overview, 'diagnosis/causes': causes } = told as {
    'diagnosis/overview': unknown[];
    'diagnosis/causes': CauseRow[];
  };
  const named = (wanted: Verdict) =>
    causes.filter(({ verdict }) => verdict === wanted).map(({ cause }) => cause);
  return {
    overview: overview[0],
    found: causes
      .filter(({ verdict }) => isFound(verdict))
      .map((row) => Object.fromEntries(TOLD.map((name) => [name, row[name]]))),
    ruled_out: named('ruled_out'),
    cannot_be_told: named('no_evidence'),
  };
}
