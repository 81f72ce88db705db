import { readTime } from '../packs/filters.js';
import type { Evidence } from '../packs/engine.js';
import { UserError } from '../store/user-error.js';

/**
 * A time as SQL reads it: what --since takes, or `15:04` and `15:04:05`, in UTC, on the day of the evidence (the next one where it
 * goes on past midnight). Throws UserError where it is none.
 */
export async function readClock(evidence: Evidence, word: string): Promise<string> {
  const clock = /^\d{1,2}:\d\d(?::\d\d(?:\.\d{1,9})?)?$/.test(word);
  const text = clock
    ? await onDayOfEvidence(evidence, word.padStart(word.indexOf(':') === 1 ? word.length + 1 : 0, '0'))
    : word;
  const time = await readTime(evidence, 'time', text).catch((error: unknown) => {
    if (error instanceof UserError) return null;
    throw error;
  });
  if (time !== null) return time;
  throw new UserError(
    `${word} is not a time of this evidence; write FROM..TO as 15:00..15:10 (UTC) or 2026-01-02T03:04:05Z..2026-01-02T03:09:00Z`,
  );
}

async function onDayOfEvidence(evidence: Evidence, clock: string): Promise<string> {
  const [span] = await evidence.rows<{ first: string | null; last: string | null }>(
    // times of an unknown day lie in 1970
    "select cast(coalesce(min(first_time) filter (where first_time >= timestamp '1971-01-01 00:00:00'), min(first_time)) as varchar) as first, cast(max(last_time) as varchar) as last from sources",
  );
  const { first, last } = span!;
  if (first === null || last === null) return clock;
  const sameDay = `${first.slice(0, 10)} ${clock}`;
  const nextDay = new Date(Date.parse(`${first.slice(0, 10)}T00:00:00Z`) + 86_400_000)
    .toISOString()
    .slice(0, 10);
  return sameDay < first && `${nextDay} ${clock}` <= last ? `${nextDay} ${clock}` : sameDay;
}
