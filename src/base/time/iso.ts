import { calendarSecondsOf, offsetMinutes } from './calendar.js';
import { zoneOf } from './date-words.js';
import { fractionNanos, type ReadInstant } from './instant.js';

const ISO =
  /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9})\d{0,9})? ?(?:(Z|z|[A-Z]{3,5})|([+-])(\d\d)(?::?(\d\d))?)?$/;

/** Reads an RFC 3339 or ISO 8601 time, or null. */
export function parseTimestamp(text: string): ReadInstant | null {
  const match = text.length > 64 ? null : ISO.exec(text);
  if (!match) return null;
  const [fraction, word, sign, hours, minutes] = match.slice(7);
  const local = calendarSecondsOf(match.slice(1, 7));
  const offset = sign === undefined ? null : offsetMinutes(sign, hours!, minutes);
  if (local === null || (sign !== undefined && offset === null)) return null;
  const east = offset ?? (word === undefined ? null : (zoneOf(word.toUpperCase())?.minutes ?? null));
  return { seconds: local - (east ?? 0) * 60, nanos: fractionNanos(fraction), zoned: east !== null };
}
