import { UserError } from '../base/user-error.js';
import type { Evidence } from './evidence.js';

const UNITS: Readonly<Record<string, string>> = { s: 'seconds', m: 'minutes', h: 'hours', d: 'days' };
const SPAN = /^(?<now>@now-)?(?<count>\d{1,6}) ?(?<unit>[smhd])$/;
const TIME_OF_DAY = /^\d{1,2}:\d{2}(:\d{2}(\.\d{1,9})?)?$/;

/** The ends of `A..B`, as typed; null where a text is no such range. */
export function rangeOf(text: string): [from: string, to: string] | null {
  const [from, to, ...more] = text.split('..');
  return from === undefined || to === undefined || more.length > 0 ? null : [from, to];
}

/** Both ends of a range as readTime reads them, the earlier first: `2m..5m` before the end are `5m..2m`. */
export async function readRange(
  evidence: Evidence,
  option: string | null,
  [from, to]: readonly [from: string | undefined, to: string | undefined],
): Promise<[since: string | null, until: string | null]> {
  const first = await readTime(evidence, option, from);
  const last = await readTime(evidence, option, to);
  // times of one form sort as text
  return first !== null && last !== null && first > last ? [last, first] : [first, last];
}

/**
 * The time that an option (null for an operand) was given, as SQL reads it; null where it was not given. It may be ISO 8601 (UTC unless it
 * has an offset), `15:36` (UTC, of the evidence's last day that has it), `10m` (so long before the evidence ends), or
 * `@now-10m` (so long ago). Throws UserError for another.
 */
export async function readTime(
  evidence: Evidence,
  option: string | null,
  given: string | undefined,
): Promise<string | null> {
  if (given === undefined) return null;
  const said = option === null ? given : `--${option} ${given}`;
  const { now, count, unit } = SPAN.exec(given)?.groups ?? {};
  if (count !== undefined) {
    const end = now === undefined ? (await known(evidence, said)).last : new Date().toISOString();
    return cast(evidence, end, `- interval '${count} ${UNITS[unit!]}'`) as Promise<string>;
  }
  const typed = TIME_OF_DAY.test(given) ? onItsDay(given, await known(evidence, said)) : given;
  const time = await cast(evidence, typed);
  if (time !== null) return time;
  throw new UserError(
    'wrong-value',
    `${said} is not a time; write 2026-01-02T03:04:05Z, 03:04 of the evidence's last day, 10m for ten minutes before the evidence ends, or @now-10m for ten minutes ago`,
  );
}

/** A text as a time of DuckDB's own, which reads the same whatever runs the queries; null where it is none. */
async function cast({ connection }: Evidence, text: string, shift = ''): Promise<string | null> {
  const reader = await connection.runAndReadAll(
    `select (try_cast($text as timestamp_ns) ${shift})::timestamp_ns::varchar`,
    { text },
  );
  return reader.getRows()[0]![0] as string | null;
}

interface Known {
  /** `YYYY-MM-DD HH:MM:SS` and a fraction. */
  first: string;
  last: string;
}

async function known(evidence: Evidence, said: string): Promise<Known> {
  const [span] = await evidence.rows<{ first: string | null; last: string | null }>(
    'select cast(min(first_time) as varchar) as first, cast(max(last_time) as varchar) as last from sources',
  );
  const { first, last } = span!;
  if (first !== null && last !== null) return { first, last };
  throw new UserError(
    'wrong-value',
    `${said} is told from the evidence's own times, but no source has one; give an absolute time such as 2026-01-02T03:04:05Z`,
  );
}

/** On the last day if the evidence had come so far, else on the day before where it had begun by then. */
function onItsDay(time: string, { first, last }: Known): string {
  const padded = time.padStart(time.indexOf(':') === 1 ? time.length + 1 : time.length, '0');
  const lastDay = last.slice(0, 10);
  const dayBefore = new Date(Date.parse(lastDay) - 86_400_000).toISOString().slice(0, 10);
  const [late, early] = [`${lastDay} ${padded}`, `${dayBefore} ${padded}`];
  return late > last && early >= first ? early : late;
}
