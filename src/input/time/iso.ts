import { zoneOf } from './date-words.js';
import { fractionNanos, type ReadInstant } from './instant.js';

const ISO =
  /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9})\d{0,9})? ?(Z|z|[A-Z]{3,5}|[+-]\d\d(?::?\d\d)?)?$/;

/** Reads an RFC 3339 or ISO 8601 time, or null. */
export function parseTimestamp(text: string): ReadInstant | null {
  const match = text.length > 64 ? null : ISO.exec(text);
  if (!match) return null;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return instant(year, month, day, hour, minute, second, match[7], match[8]);
}

function minutesOf(zone: string | undefined): number | null {
  if (zone === undefined) return null;
  const offset = /^([+-])(\d\d):?(\d\d)?$/.exec(zone);
  if (!offset) return zoneOf(zone.toUpperCase())?.minutes ?? null;
  return (offset[1] === '-' ? -1 : 1) * (Number(offset[2]) * 60 + Number(offset[3] ?? 0));
}

function instant(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
  fraction: string | undefined,
  zone: string | undefined,
): ReadInstant | null {
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 24 || minute > 59 || second > 60) return null;
  if (year < 1970 || year > 2200) return null;
  const east = minutesOf(zone);
  const seconds = Date.UTC(year, month - 1, day, hour, minute, second) / 1000 - (east ?? 0) * 60;
  return { seconds, nanos: fractionNanos(fraction), zoned: east !== null };
}
