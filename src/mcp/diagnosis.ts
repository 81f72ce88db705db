/** A row of diagnosis/causes as JSON; docs/schema/causes.schema.json has all of it. */
interface CauseRow extends Record<string, unknown> {
  cause: string;
  verdict: string;
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

const NOT_FOUND: Readonly<Record<string, string>> = {
  ruled_out: 'ruled_out',
  no_evidence: 'cannot_be_told',
};

/** The causes that were found, without what only a closer look needs; the others by name. */
export function causesFirst(told: unknown): unknown {
  const { 'diagnosis/overview': overview, 'diagnosis/causes': causes } = told as {
    'diagnosis/overview': unknown[];
    'diagnosis/causes': CauseRow[];
  };
  const named = Object.entries(NOT_FOUND).map(([verdict, name]) => [
    name,
    causes.filter((row) => row.verdict === verdict).map(({ cause }) => cause),
  ]);
  return {
    overview: overview[0],
    found: causes
      .filter(({ verdict }) => !Object.hasOwn(NOT_FOUND, verdict))
      .map((row) => Object.fromEntries(TOLD.map((name) => [name, row[name]]))),
    ...Object.fromEntries(named),
  };
}
