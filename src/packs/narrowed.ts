import { textLiteral } from '../base/sql-text.js';
import type { FilterValues } from './filters.js';

/** What --since, --until and --client look at in one row. */
interface Place {
  /** The row's moment, or where a span ends; null where a row has no time. */
  end: string | null;
  /** The same, or where a span begins. */
  start: string | null;
  /** The client that it is of; null where it is nobody's. */
  client: string | null;
}

/** Tables of main that can be narrowed, by name. A query that is to be narrowed reads `narrowed.NAME`. */
const PLACES = {
  clients: { end: null, start: null, client: 'client' },
  conntrack_deltas: { end: 'to_time', start: 'from_time', client: null },
  conntrack_flows: { end: 'time', start: 'time', client: 'src' },
  conntrack_intervals: { end: 'to_time', start: 'from_time', client: null },
  conntrack_losses: { end: 'to_time', start: 'from_time', client: 'client' },
  conntrack_table: { end: 'time', start: 'time', client: null },
  counter_deltas: { end: 'to_time', start: 'from_time', client: null },
  counter_series: { end: 'last_at', start: 'first_at', client: null },
  encrypted_sessions: { end: 'time', start: 'time', client: 'client' },
  log_events: { end: 'time', start: 'time', client: null },
  log_queries: { end: 'time', start: 'time', client: 'client' },
  lookups: { end: 'started_at', start: 'started_at', client: 'client' },
  messages: { end: 'time', start: 'time', client: 'case when is_response then dst else src end' },
  probes: { end: 'time', start: 'time', client: null },
  questions: { end: 'asked_at', start: 'asked_at', client: 'client' },
  transactions: { end: 'asked_at', start: 'asked_at', client: 'client' },
  twins: { end: 'asked_at', start: 'asked_at', client: 'client' },
} as const satisfies Record<string, Place>;

export const NARROWED_TABLES = Object.keys(PLACES);

/**
 * A query's SQL in which each `narrowed.TABLE` stands for the rows that the filters ask for. It binds `$since` and
 * `$until` where these are given, and has no parameter of theirs where they are not.
 */
export function narrowedSql(sql: string, filters: FilterValues): string {
  return sql.replace(/\bnarrowed\.(\w+)\b(\s+as\b)?/g, (_, table: string, alias: string | undefined) => {
    const conditions = conditionsOf(placeOf(table), filters);
    if (conditions.length === 0) return `${table}${alias ?? ''}`;
    return `(select * from ${table} where ${conditions.join(' and ')})${alias ?? ` as ${table}`}`;
  });
}

/** The filters that a query's text heeds, by their names; a `$client` in it is one, and heeds no `several`. */
export function filtersOf(sql: string, several = false): Set<keyof FilterValues> {
  const heeded = new Set<keyof FilterValues>();
  for (const [, name] of sql.matchAll(/\$(since|until|client)\b/g)) heeded.add(name as keyof FilterValues);
  if (several) heeded.delete('client');
  for (const [, table] of sql.matchAll(/\bnarrowed\.(\w+)/g)) {
    const { end, client } = placeOf(table!);
    if (end !== null) heeded.add('since').add('until');
    if (client !== null) heeded.add('client');
  }
  return heeded;
}

function placeOf(table: string): Place {
  const place = (PLACES as Record<string, Place>)[table];
  if (place) return place;
  throw new Error(
    `narrowed.${table} is no table that can be narrowed; there are ${NARROWED_TABLES.join(', ')}`,
  );
}

function conditionsOf(
  { end, start, client }: Place,
  { since, until, client: clients }: FilterValues,
): string[] {
  return [
    ...(since !== null && end !== null ? [`${end} ${end === start ? '>=' : '>'} $since::timestamp_ns`] : []),
    ...(until !== null && start !== null ? [`${start} < $until::timestamp_ns`] : []),
    ...(clients !== null && client !== null
      ? [`${client} in (${clients.addresses.map(textLiteral).join(', ')})`]
      : []),
  ];
}
