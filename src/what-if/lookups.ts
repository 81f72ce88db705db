import type { Id } from '../packs/rows.js';

/** A row of the query what-if/steps. */
export interface Step {
  lookup_id: Id;
  client: string;
  client_name: string | null;
  node: string | null;
  resolver: string | null;
  name: string;
  started_at: string;
  qname: string;
  place: number | null;
  queries: number;
  seconds: number;
  after_queries: number;
  after_seconds: number;
  halves: number;
  recorded: boolean;
  outcome: string;
  after_outcome: string;
}

/** What is counted of some lookups, before the change and after. */
export interface Counts {
  lookups: number;
  queries: number;
  after_queries: number;
  seconds: number;
  after_seconds: number;
  /** Lookups that would send more queries. */
  more: number;
  /** Lookups that were answered and would not be. */
  broken: number;
}

/** One lookup before and after. */
export interface ChangedLookup {
  lookup_id: Id;
  client: string;
  client_name: string | null;
  resolver: string | null;
  name: string;
  queries: number;
  after_queries: number;
  seconds: number;
  after_seconds: number;
  broken: boolean;
}

/** Sums steps, which lie together by lookup. */
export function lookupsOf(steps: readonly Step[]): ChangedLookup[] {
  const lookups: ChangedLookup[] = [];
  for (const step of steps) {
    let lookup = lookups.at(-1);
    if (lookup?.lookup_id !== step.lookup_id) {
      const { lookup_id, client, client_name, resolver, name, after_outcome } = step;
      const none = { queries: 0, after_queries: 0, seconds: 0, after_seconds: 0 };
      lookup = {
        lookup_id,
        client,
        client_name,
        resolver,
        name,
        ...none,
        broken: after_outcome === 'broken',
      };
      lookups.push(lookup);
    }
    lookup.queries += step.queries;
    lookup.after_queries += step.after_queries;
    lookup.seconds += step.seconds;
    lookup.after_seconds += step.after_seconds;
  }
  return lookups;
}

/** Sums lookups. */
export function count(lookups: readonly ChangedLookup[]): Counts {
  const sum = (value: (lookup: ChangedLookup) => number) =>
    lookups.reduce((total, row) => total + value(row), 0);
  return {
    lookups: lookups.length,
    queries: sum((row) => row.queries),
    after_queries: sum((row) => row.after_queries),
    seconds: rounded(sum((row) => row.seconds)),
    after_seconds: rounded(sum((row) => row.after_seconds)),
    more: lookups.filter((row) => row.after_queries > row.queries).length,
    broken: lookups.filter((row) => row.broken).length,
  };
}

/** To the microsecond: sums of floating-point numbers differ below. */
function rounded(seconds: number): number {
  return Math.round(seconds * 1e6) / 1e6;
}

/** Groups in order of their first member. */
export function groupBy<T>(rows: readonly T[], key: (row: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group) group.push(row);
    else groups.set(key(row), [row]);
  }
  return [...groups.values()];
}
