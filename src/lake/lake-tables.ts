/**
 * How each table of `main` lies in a lake: where its rows' day comes from and how they are sorted inside a file,
 * so that a reader skips row groups by their statistics. Columns and types are those of the models (columns.ts).
 */
export interface Placement {
  /** The column whose day a row is filed under; null where only its source, or its database, has a day. */
  time: string | null;
  /** Where the time stands in another table: rows of this one name a row of that one by `key`. */
  timeOf?: { table: string; key: string };
  /** Columns that the rows of a file are sorted by. */
  sort: readonly string[];
  /** Whether a row is one database's opinion of something that others know too; a view makes one row of them. */
  merged?: true;
}

export const PLACEMENTS: Readonly<Record<string, Placement>> = {
  activity: { time: 'first_time', sort: ['first_time', 'source_id'] },
  answers: { time: null, sort: ['source_id', 'frame', 'section', 'position'] },
  capture_clocks: { time: null, sort: ['source_id'] },
  capture_holes: { time: null, sort: ['source_id'] },
  capture_visibility: { time: null, sort: ['source_id', 'server', 'interface'] },
  causes: { time: null, sort: ['cause'], merged: true },
  clients: { time: null, sort: ['client'], merged: true },
  cluster_objects: { time: null, sort: ['source_id', 'kind', 'namespace', 'name', 'address', 'role'] },
  collected: { time: 'began', sort: ['source_id', 'evidence', 'file'] },
  conntrack_counters: { time: 'time', sort: ['time', 'source_id', 'sample', 'cpu'] },
  conntrack_deltas: { time: 'to_time', sort: ['to_time', 'source_id', 'cpu', 'counter'] },
  conntrack_flows: { time: 'time', sort: ['time', 'source_id', 'line'] },
  conntrack_intervals: { time: 'to_time', sort: ['to_time', 'source_id'] },
  conntrack_losses: { time: 'asked_at', sort: ['asked_at', 'source_id', 'transaction_id', 'a_question_id'] },
  conntrack_table: { time: 'time', sort: ['time', 'source_id', 'line'] },
  conntrack_totals: { time: 'last_at', sort: ['last_at', 'source_id', 'counter'] },
  corefiles: { time: null, sort: ['source_id', 'line', 'block', 'plugin'] },
  counter_deltas: {
    time: 'to_time',
    sort: ['to_time', 'source_id', 'origin', 'instance', 'counter', 'labels'],
  },
  counter_series: {
    time: 'last_at',
    sort: ['last_at', 'source_id', 'origin', 'instance', 'counter', 'labels'],
  },
  counters: { time: 'time', sort: ['time', 'source_id', 'sample', 'line'] },
  cut_queries: { time: null, sort: ['source_id', 'frame'] },
  dns_records: { time: 'time', sort: ['name', 'type', 'time', 'source_id', 'sample', 'value'] },
  encrypted_sessions: { time: 'time', sort: ['time', 'source_id', 'frame'] },
  icmp_errors: { time: 'time', sort: ['time', 'source_id', 'frame'] },
  legs: { time: 'time', sort: ['time', 'transaction_id', 'source_id', 'frame'] },
  log_coverage: { time: 'from_time', sort: ['source_id', 'server'] },
  log_events: { time: 'time', sort: ['time', 'source_id', 'line'] },
  log_matches: {
    time: 'asked_at',
    timeOf: { table: 'transactions', key: 'transaction_id' },
    sort: ['transaction_id', 'source_id', 'line'],
  },
  log_queries: { time: 'time', sort: ['time', 'source_id', 'line'] },
  lookup_delays: {
    time: 'started_at',
    timeOf: { table: 'lookups', key: 'lookup_id' },
    sort: ['lookup_id', 'question_id', 'transaction_id'],
  },
  lookups: { time: 'started_at', sort: ['started_at', 'lookup_id'] },
  messages: { time: 'time', sort: ['time', 'source_id', 'frame'] },
  network_policies: {
    time: null,
    sort: ['source_id', 'kind', 'namespace', 'name', 'direction', 'rule'],
  },
  probes: { time: 'time', sort: ['source_id', 'line'] },
  problems: { time: null, sort: ['source_id', 'code', 'position'] },
  questions: { time: 'asked_at', sort: ['asked_at', 'question_id'] },
  repeats: {
    time: 'asked_at',
    timeOf: { table: 'transactions', key: 'transaction_id' },
    sort: ['transaction_id'],
  },
  resolver_configs: { time: null, sort: ['source_id', 'line'] },
  retries: {
    time: 'asked_at',
    timeOf: { table: 'questions', key: 'question_id' },
    sort: ['question_id', 'attempt'],
  },
  servers: { time: null, sort: ['server'], merged: true },
  sources: { time: 'first_time', sort: ['source_id'] },
  transactions: { time: 'asked_at', sort: ['asked_at', 'transaction_id'] },
  twins: { time: 'asked_at', sort: ['asked_at', 'a_question_id'] },
};

/**
 * Columns that number rows of one database. In a lake the database's own number stands in front, so that they are
 * unique and joins between tables hold.
 */
export const ID_COLUMNS: readonly string[] = [
  'source_id',
  'capture_id',
  'transaction_id',
  'first_transaction_id',
  'question_id',
  'a_question_id',
  'aaaa_question_id',
  'lookup_id',
];
