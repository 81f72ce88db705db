import { type FilterValues } from '../packs/filters.js';
import type { Catalog } from '../packs/load.js';
import { nanosOf } from '../base/time/nanos.js';
import { rowsOf } from '../packs/rows.js';
import type { CauseRow, Overview } from '../report/diagnosis/index.js';
import type { Database } from '../store/database.js';

/** A row of the query compare/span. */
export interface Span {
  lookups: number;
  judged: number;
  timed: number;
  clients: number;
  first_at: string | null;
  last_at: string | null;
  counter_intervals: number;
  log_lines: number;
}

/** A row of the query compare/lookups: some lookups of one stretch of time. */
export interface Cell {
  block: number;
  workload: string;
  known: boolean;
  name: string | null;
  cause: string | null;
  class: number | null;
  lookups: number;
  judged: number;
  seconds: number;
  hurt_seconds: number;
  queries: number;
  wasted_queries: number;
  answered: number;
  unanswered: number;
  nxdomain: number;
  on_node: number;
}

/** A row of the query compare/counters. */
export interface Rise {
  block: number;
  counter: string;
  increase: number;
}

/** One of the two that are compared. */
export interface Side {
  /** How the user named it. */
  label: string;
  span: Span;
  cells: Cell[];
  rises: Rise[];
  /** Verdicts and what was collected, of the whole database. */
  causes: CauseRow[];
  overview: Overview;
  /** SHA-256 of the inputs. */
  inputs: string[];
}

/** Seconds from the first lookup to the last; 0 where no lookup has a time. */
export function spanSeconds({ first_at, last_at }: Span): number {
  if (first_at === null || last_at === null) return 0;
  return Number(nanosOf(last_at) - nanosOf(first_at)) / 1e9;
}

export function readSpan(database: Database, catalog: Catalog, filters: FilterValues): Promise<Span> {
  return rowsOf<Span>(database, catalog, 'compare/span', {}, filters).then(([row]) => row!);
}

/** Reads one side, in stretches of `blockSeconds`. */
export async function readSide(
  database: Database,
  catalog: Catalog,
  filters: FilterValues,
  { label, span, blockSeconds }: { label: string; span: Span; blockSeconds: number },
): Promise<Side> {
  const params = { block_seconds: String(blockSeconds) };
  const inputs = await rowsOf<{ sha256: string }>(database, catalog, 'compare/inputs', {});
  const [overview] = await rowsOf<Overview>(database, catalog, 'diagnosis/overview', {});
  return {
    label,
    span,
    cells: await rowsOf<Cell>(database, catalog, 'compare/lookups', params, filters),
    rises: await rowsOf<Rise>(database, catalog, 'compare/counters', params, filters),
    causes: await rowsOf<CauseRow>(database, catalog, 'diagnosis/causes', {}),
    overview: overview!,
    inputs: inputs.map(({ sha256 }) => sha256),
  };
}
