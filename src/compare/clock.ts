import type { Evidence } from '../packs/engine.js';
import { readTime } from '../packs/moment.js';
import { UserError } from '../store/user-error.js';

/** An end of a time FROM..TO as SQL reads it: whatever --since takes. Throws UserError where it is none. */
export async function readClock(evidence: Evidence, word: string): Promise<string> {
  const time = await readTime(evidence, 'time', word).catch((error: unknown) => {
    if (error instanceof UserError) return null;
    throw error;
  });
  if (time !== null) return time;
  throw new UserError(
    `${word} is not a time of this evidence; write FROM..TO as 15:00..15:10 (UTC) or 2026-01-02T03:04:05Z..2026-01-02T03:09:00Z`,
  );
}
