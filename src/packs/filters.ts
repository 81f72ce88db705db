import { formatAddress, parseAddress } from '../store/address.js';
import { UserError } from '../store/user-error.js';
import type { Evidence } from './engine.js';
import type { Filter } from './query.js';
import { didYouMean } from '../models/suggest.js';

/** What a user asked to narrow reports to, as typed. */
export type FilterOptions = Partial<Record<Filter, string | undefined>>;

/** Values for `$since::timestamp_ns`, `$until::timestamp_ns` and `$client`; null where not asked for. */
export type FilterValues = Record<Filter, string | null>;

const UNITS: Readonly<Record<string, string>> = { s: 'seconds', m: 'minutes', h: 'hours', d: 'days' };

/**
 * Reads times (ISO 8601, UTC unless an offset is given; or `10m`, so long before the evidence ends) and a
 * client (address, pod or namespace/pod). Throws UserError where one cannot be read or found.
 */
export async function readFilters(evidence: Evidence, options: FilterOptions): Promise<FilterValues> {
  const since = await readTime(evidence, 'since', options.since);
  const until = await readTime(evidence, 'until', options.until);
  if (since !== null || until !== null) await refuseEmptySpan(evidence, since, until);
  return { since, until, client: await readClient(evidence, options.client) };
}

/** Throws UserError where no part of the evidence can lie in the span: what it does not show is no good news. */
async function refuseEmptySpan(
  evidence: Evidence,
  since: string | null,
  until: string | null,
): Promise<void> {
  const [span] = await evidence.rows<{ first: string | null; last: string | null }>(
    'select cast(min(first_time) as varchar) as first, cast(max(last_time) as varchar) as last from sources',
  );
  const { first, last } = span!;
  const reader = await evidence.connection.runAndReadAll(
    'select $last::timestamp_ns < $since::timestamp_ns, $first::timestamp_ns >= $until::timestamp_ns, $since::timestamp_ns >= $until::timestamp_ns',
    { first, last, since, until },
  );
  const [isAfter, isBefore, isEmpty] = reader.getRows()[0]!;
  if (isAfter)
    throw new UserError(`--since ${since} is after all of the evidence, which ends at ${last} UTC`);
  if (isBefore)
    throw new UserError(`--until ${until} is before all of the evidence, which begins at ${first} UTC`);
  if (isEmpty) throw new UserError(`--since ${since} is not before --until ${until}: nothing lies between`);
}

/** The time that option `name` was given, as SQL reads it; null where it was not given. */
export async function readTime(
  evidence: Evidence,
  name: string,
  given: string | undefined,
): Promise<string | null> {
  if (given === undefined) return null;
  const ago = /^(\d{1,6}) ?([smhd])$/.exec(given);
  const expression = ago
    ? `$given::timestamp_ns - interval '${ago[1]} ${UNITS[ago[2]!]}'`
    : 'try_cast($given as timestamp_ns)';
  const newest = ago ? await newestTime(evidence) : null;
  if (ago && newest === null) {
    throw new UserError(
      `--${name} ${given} counts back from the evidence's end, but no source has a time; give an absolute time such as 2026-01-02T03:04:05Z`,
    );
  }
  const reader = await evidence.connection.runAndReadAll(`select (${expression})::timestamp_ns::varchar`, {
    given: newest ?? given,
  });
  const time = reader.getRows()[0]![0] as string | null;
  if (time !== null) return time;
  throw new UserError(
    `--${name} ${given} is not a time; write 2026-01-02T03:04:05Z, or 10m for ten minutes before the evidence ends`,
  );
}

async function newestTime(evidence: Evidence): Promise<string | null> {
  const [row] = await evidence.rows<{ newest: string | null }>(
    'select cast(max(last_time) as varchar) as newest from sources',
  );
  return row!.newest;
}

async function readClient(evidence: Evidence, given: string | undefined): Promise<string | null> {
  if (given === undefined) return null;
  const address = parseAddress(given);
  if (address !== null) return formatAddress(address);
  const clients = await evidence.rows<{ client: string; name: string; pod: string | null }>(
    "select client, pod, concat_ws('/', namespace, pod) as name from clients where pod is not null",
  );
  const found = clients.filter(({ name, pod }) => given === name || given === pod);
  if (found.length === 1) return found[0]!.client;
  if (found.length > 1)
    throw new UserError(`--client ${given} is a pod of several namespaces: ${list(found)}`);
  const names = clients.flatMap(({ name, pod }) => [name, pod ?? name]);
  throw new UserError(
    `--client ${given} is neither an address nor a pod that is known${didYouMean(given, names)}`,
  );
}

function list(clients: readonly { name: string }[]): string {
  return clients.map(({ name }) => name).join(', ');
}
