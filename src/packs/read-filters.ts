import { UserError } from '../base/user-error.js';
import { readClients } from './client-filter.js';
import type { Evidence } from './evidence.js';
import { rangeOf, readRange, readTime } from './moment.js';
import type { Filter, FilterValues } from './filters.js';

/** What a user asked to narrow reports to, as typed. */
export type FilterOptions = Partial<Record<Filter, string | undefined>>;

/**
 * Reads times (readTime says which; `A..B` as `since` is both) and whose rows they are (readClients says how). Throws
 * UserError where one cannot be read or found, or where no part of the evidence lies between the times.
 */
export async function readFilters(evidence: Evidence, options: FilterOptions): Promise<FilterValues> {
  const [since, until] = await readSpan(evidence, options);
  if (since !== null || until !== null) await refuseEmptySpan(evidence, since, until);
  return { since, until, client: await readClients(evidence, options.client) };
}

async function readSpan(
  evidence: Evidence,
  { since, until }: FilterOptions,
): Promise<[since: string | null, until: string | null]> {
  const range = rangeOf(since ?? '');
  if (range === null)
    return [await readTime(evidence, 'since', since), await readTime(evidence, 'until', until)];
  if (until !== undefined)
    throw new UserError('conflicting-flags', `--since ${since} has an end of its own; leave out --until`);
  return readRange(evidence, 'since', range);
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
    throw new UserError(
      'outside-evidence',
      `--since ${since} is after all of the evidence, which ends at ${last} UTC`,
    );
  if (isBefore)
    throw new UserError(
      'outside-evidence',
      `--until ${until} is before all of the evidence, which begins at ${first} UTC`,
    );
  if (isEmpty)
    throw new UserError(
      'outside-evidence',
      `--since ${since} is not before --until ${until}: nothing lies between`,
    );
}
