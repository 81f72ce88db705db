import { column, optional, table, type Column } from '../column.js';

/**
 * Conntrack's counters (nf_conntrack_standalone.c, struct ip_conntrack_stat) in all generations. A counter
 * that a kernel or tool does not print is null.
 */
export const COUNTERS = {
  searched: 'lookups in the table (before 4.9)',
  found: 'entries found by packets',
  new: 'entries created (before 4.9)',
  invalid: 'packets that no entry fits',
  ignore: 'packets already tracked or untracked (before 5.10)',
  delete: 'entries deleted (before 4.9)',
  delete_list: 'entries put on the dying list (before 4.9)',
  insert: 'entries inserted from userspace',
  insert_failed: 'entries that could not be inserted: the same tuple was there first',
  drop: 'packets dropped: no entry could be made or inserted',
  early_drop: 'entries dropped to make room in a full table',
  error: 'packets with errors (ICMP errors included)',
  search_restart: 'lookups restarted because the table was resized',
  expect_new: 'expectations created',
  expect_create: 'expectations created by helpers',
  expect_delete: 'expectations deleted',
  clash_resolve: 'insertion clashes that were merged without loss (5.10 on)',
  chaintoolong: 'insertions refused because a hash chain was too long (5.15 on)',
} as const;
export type Counter = keyof typeof COUNTERS;

const counterColumns = Object.fromEntries(
  Object.entries(COUNTERS).map(([name, about]) => [
    name,
    optional('BIGINT', `${about}; cumulative, 32 bits`),
  ]),
) as Record<Counter, Column<'BIGINT', true>>;

export const conntrackCounters = table(
  'conntrack_counters',
  'One row per sample and CPU of the conntrack counters.',
  {
    source_id: column('UINTEGER', 'the input'),
    sample: column('UINTEGER', 'number of the sample in its source, from 0'),
    line: column('UINTEGER', 'line in the input, from 1'),
    time: optional('TIMESTAMP_NS', 'when the sample was taken, UTC; null where the input does not say'),
    cpu: column('INTEGER', 'CPU; -1 where the input has sums over all CPUs'),
    ...counterColumns,
  },
);

export const conntrackTable = table(
  'conntrack_table',
  'One row per sample of how full the conntrack table is.',
  {
    source_id: column('UINTEGER', 'the input'),
    line: column('UINTEGER', 'line in the input, from 1'),
    time: optional('TIMESTAMP_NS', 'when, UTC'),
    entries: optional('BIGINT', 'nf_conntrack_count'),
    max_entries: optional('BIGINT', 'nf_conntrack_max'),
    full_messages: column(
      'UINTEGER',
      "`nf_conntrack: table full, dropping packet` lines of the kernel's log at this instant",
    ),
  },
);

export const conntrackFlows = table('conntrack_flows', 'One row per flow that conntrack -L or -E printed.', {
  source_id: column('UINTEGER', 'the input'),
  line: column('UINTEGER', 'line in the input, from 1'),
  time: optional('TIMESTAMP_NS', 'when, UTC'),
  event: optional('VARCHAR', 'new, update or destroy for -E; null for -L', 'own-words'),
  protocol: column('VARCHAR', 'udp, tcp, icmp, ...', 'word'),
  timeout_seconds: optional('UINTEGER', 'seconds until the entry ends'),
  state: optional('VARCHAR', 'TCP state', 'word'),
  src: column('VARCHAR', 'original source', 'address'),
  dst: column('VARCHAR', 'original destination', 'address'),
  src_port: optional('USMALLINT', 'original source port', 'port'),
  dst_port: optional('USMALLINT', 'original destination port', 'port'),
  reply_src: optional('VARCHAR', 'source of the expected reply: the backend after DNAT', 'address'),
  reply_dst: optional('VARCHAR', 'destination of the expected reply', 'address'),
  reply_src_port: optional('USMALLINT', 'source port of the expected reply', 'port'),
  reply_dst_port: optional('USMALLINT', 'destination port of the expected reply', 'port'),
  unreplied: column('BOOLEAN', 'no reply was seen'),
  assured: column('BOOLEAN', 'the entry is kept when the table is full'),
});
