import { isFound as isFoundVerdict, type Verdict } from '../../causes/cause.js';
import type { Id } from '../../packs/rows.js';

export type { Verdict };

/** A row of the query diagnosis/causes. Times are ISO 8601 in UTC. */
export interface CauseRow {
  cause: string;
  title: string;
  kind: 'fault' | 'cost';
  verdict: Verdict;
  summary: string;
  findings: string[];
  first_seen: string | null;
  last_seen: string | null;
  evidence: string[];
  change: string[];
  collect: string[];
  lookups: number;
  lookup_seconds: number;
  saves: string | null;
  worst_lookup_id: Id | null;
  look: string[] | null;
  /** Measures of traffic/timeline that show it. */
  panels: string[];
  /** The cause that this one is a consequence of on this evidence. */
  root: string | null;
}

/** A row of the query diagnosis/workloads. */
export interface WorkloadRow {
  workload: string;
  /** A cause, or `unexplained`. */
  cause: string;
  clients: number;
  lookups: number;
  lookup_seconds: number;
  wasted_queries: number | null;
}

/** The row of the query diagnosis/overview. */
export interface Overview {
  lookups: number;
  slow_or_failed: number;
  explained: number;
  unseen: number;
  untimed: number;
  cut_queries: number;
  clients: number;
  first_time: string | null;
  last_time: string | null;
  worst_unexplained_id: Id | null;
  captures: number;
  messages: number;
  logs: number;
  log_lines: number;
  counter_samples: number;
  counter_readings: number;
  probes: number;
  configurations: number;
  external_dns_logs: number;
  objects: number;
  other_files: number;
  other_kinds: string[] | null;
}

/** A row of the query diagnosis/gaps: evidence that was asked for and did not come. */
export interface Gap {
  evidence: string;
  why: string;
  things: number;
  what: string;
}

export interface Diagnosis {
  overview: Overview;
  /** Those that matter first, as the query sorts them. */
  causes: CauseRow[];
  workloads: WorkloadRow[];
  /** What was asked for, and the causes that hurt none of it; null where nothing was narrowed. */
  narrowed: { to: string; elsewhere: string[] } | null;
  gaps: Gap[];
}

/** Whether the evidence shows the cause, however surely. */
export function isFound({ verdict }: CauseRow): boolean {
  return isFoundVerdict(verdict);
}

/** The causes with a verdict. */
export function judged({ causes }: Diagnosis, verdict: Verdict): CauseRow[] {
  return causes.filter((row) => row.verdict === verdict);
}

/** Whether more evidence could make the verdict surer; what follows from another cause is settled with that. */
export function isUnsure({ verdict, root }: CauseRow): boolean {
  return verdict !== 'confirmed' && verdict !== 'ruled_out' && root === null;
}
