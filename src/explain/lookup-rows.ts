import type { Catalog } from '../packs/load.js';
import type { Database } from '../store/database.js';
import { UserError } from '../base/user-error.js';
import { type Id, rowsOf } from '../packs/rows.js';
import type { Target } from './choose.js';

/** Rows of the queries of `explain`, whose front-matter says what each column means; times are ISO 8601 in UTC. */
export interface Subject {
  lookup_id: Id | null;
  question_id: Id | null;
  name: string;
  qtype: string | null;
  client: string;
  client_name: string | null;
  workload: string | null;
  resolver: string | null;
  search_list: string[] | null;
  ndots: number | null;
  started_at: string;
  seconds: number | null;
  steps: number;
  queries: number;
  wasted_queries: number;
  outcome: string;
  cause: string | null;
}

export interface Query {
  step: number;
  question_id: Id;
  transaction_id: Id | null;
  attempt: number;
  qname: string;
  qtype: string;
  client_port: number | null;
  server: string;
  server_name: string | null;
  backend: string | null;
  backend_name: string | null;
  protocol: string | null;
  txid: number | null;
  asked_at: string;
  since_before_seconds: number | null;
  answered_at: string | null;
  response_seconds: number | null;
  state: string;
  rcode: string | null;
  answers: number | null;
  truncated: boolean | null;
  min_ttl: number | null;
  query_reached_server: boolean | null;
  response_left_server: boolean | null;
  /** Between which places it, or its answer, was lost, and where that was seen last. */
  lost_at: string | null;
  last_seen: string | null;
  icmp: string | null;
  icmp_from: string | null;
  icmp_at: string | null;
  in_log: boolean | null;
}

export interface Leg {
  transaction_id: Id;
  is_response: boolean;
  /** Its number on the packet's way. */
  leg: number;
  time: string;
  source_id: Id;
  path: string;
  frame: number;
  interface: string | null;
  direction: string | null;
  tunnel: string | null;
  src: string;
  src_port: number;
  dst: string;
  dst_port: number;
  hop_limit: number;
}

export interface AnswerRecord {
  transaction_id: Id;
  name: string;
  type: string;
  ttl: number;
  data: string | null;
}

export interface Upstream {
  transaction_id: Id;
  for_transaction_id: Id;
  forwarder: string;
  forwarder_name: string | null;
  server: string;
  server_role: string | null;
  qname: string;
  qtype: string;
  asked_at: string;
  answered_at: string | null;
  response_seconds: number | null;
  state: string;
  rcode: string | null;
  path: string;
  frame: number;
}

export interface LogLine {
  transaction_id: Id | null;
  /** Null where the log has no times and nothing on the wire tells. */
  time: string | null;
  path: string;
  line: number;
  stream: string | null;
  event: string;
  qname: string | null;
  qtype: string | null;
  rcode: string | null;
  duration_seconds: number | null;
  upstream: string | null;
  reason: string | null;
}

export interface CounterMove {
  path: string;
  label: string | null;
  from_time: string | null;
  to_time: string | null;
  counter: string;
  increase: number;
}

export interface Delay {
  transaction_id: Id;
  qname: string;
  qtype: string;
  asked_at: string;
  cost_seconds: number | null;
  cause: string | null;
  blamed: boolean;
  reason: string;
}

/** Everything that the evidence has about one lookup or question. */
export interface Evidence {
  subject: Subject;
  queries: Query[];
  legs: Leg[];
  records: AnswerRecord[];
  upstream: Upstream[];
  log: LogLine[];
  counters: CounterMove[];
  delays: Delay[];
}

/** Asks the queries of `explain` about a target. Throws UserError where there is no such lookup or question. */
export async function readEvidence(
  database: Database,
  catalog: Catalog,
  { params }: Target,
): Promise<Evidence> {
  const rows = <T>(query: string) => rowsOf<T>(database, catalog, `explain/${query}`, params);
  const [subject] = await rows<Subject>('subject');
  if (!subject) {
    const [what, id] = Object.entries(params)[0]!;
    throw new UserError(
      'not-in-evidence',
      `There is no ${what} ${id}; name one by its name, or see: dnslens sql "select ${what}_id, * from ${what}s"`,
    );
  }
  return {
    subject,
    queries: await rows('queries'),
    legs: await rows('legs'),
    records: await rows('answers'),
    upstream: await rows('upstream'),
    log: await rows('log'),
    counters: await rows('counters'),
    delays: await rows('delays'),
  };
}
