import { calendarSeconds, offsetMinutes } from './calendar.js';
import { monthOf, zoneOf } from './date-words.js';
import { fractionNanos, type ReadInstant } from './instant.js';

/** What a printed date left open, and how it was taken. */
export type Doubt = 'no-zone' | 'unknown-zone' | 'ambiguous-zone' | 'no-year';

export interface DateReading extends ReadInstant {
  readonly doubts: readonly Doubt[];
}

const LONGEST = 120;
const CLOCK =
  /(?<![\d.:])(\d{1,2})(?::|\.|[時时시] ?)(\d{2})(?::|\.|[分분] ?)(\d{2})(?:[.,](\d{1,9})(?!\d)|[秒초]| Uhr)?(?![\d:])/;
const HALF_AFTER = /^\s*([AaPp])\.?[Mm]\b\.?/;
const HALF_BEFORE = /(오전|오후|午前|午後|上午|下午)\s*$/;
const OFFSET = /^[\s,]*\(?(?:UTC|GMT)?([+-])(\d{2}):?(\d{2})?\)?(?!\d)/;
const ABBREVIATION = /^[\s,]*\(?([A-Z]{1,5})\b\)?/;
const YEAR_FIRST = /(?<!\d)(\d{4})\s*[-/.年년]\s*(\d{1,2})\s*[-/.月월]\s*(\d{1,2})(?!\d)[日일.]?/;
const DAY_FIRST = /(?<!\d)(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?!\d)/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})[T_ -]?(\d{2})(\d{2})(\d{2})(?=$|[Z\s+.,-])/;
const EPOCH = /^@?(\d{10})(?:[.,]?(\d{1,9}))?$/;

/**
 * Reads a text that is a date and a time of day and little else: what `date` prints in the common locales,
 * ISO 8601, RFC 2822, seconds since 1970 (with a fraction, or as milli-, micro- or nanoseconds). A date
 * without a year is the last one before `now` (seconds since 1970). Null if the text is anything else.
 */
export function readDate(text: string, now: number): DateReading | null {
  if (text.length > LONGEST) return null;
  const bare = text.replace(/^[\s\p{P}\p{S}]+(?=[\p{L}\d])|(?<![\s\p{P}\p{S}])[\s\p{P}\p{S}]+$/gu, '');
  const epoch = EPOCH.exec(bare);
  if (epoch) return readEpoch(epoch[1]!, epoch[2] ?? '');
  const compact = COMPACT.exec(bare);
  const spelled = compact
    ? `${compact[1]}-${compact[2]}-${compact[3]} ${compact[4]}:${compact[5]}:${compact[6]}${bare.slice(compact[0].length)}`
    : bare;
  return readClockAndDay(spelled, text, now);
}

function readEpoch(seconds: string, fraction: string): DateReading | null {
  const whole = Number(seconds);
  return whole > 4102444800
    ? null
    : { seconds: whole, nanos: fractionNanos(fraction), zoned: true, doubts: [] };
}

function readClockAndDay(bare: string, original: string, now: number): DateReading | null {
  const clock = CLOCK.exec(bare);
  if (!clock) return null;
  let before = bare.slice(0, clock.index).replace(/T$/, ' ');
  let after = bare.slice(clock.index + clock[0].length);
  let hour = Number(clock[1]);
  const late = HALF_AFTER.exec(after);
  const half = HALF_BEFORE.exec(before);
  if (late) after = after.slice(late[0].length);
  if (half) before = before.slice(0, half.index);
  if (late) hour = (hour % 12) + (/p/i.test(late[1]!) ? 12 : 0);
  else if (half) hour = (hour % 12) + (/[오午]?[후後下]/.test(half[1]!) ? 12 : 0);
  const zone = readZone(after, original);
  const day = zone && readDay(`${before} ${after.slice(zone.length)}`);
  if (!zone || !day) return null;
  const secondsAt = (year: number): number | null => {
    const at = calendarSeconds(year, day.month, day.day, hour, Number(clock[2]), Number(clock[3]));
    return at === null ? null : at - zone.minutes * 60;
  };
  const doubts: Doubt[] = zone.doubt ? [zone.doubt] : [];
  const nanos = fractionNanos(clock[4]);
  const zoned = doubts.length === 0;
  if (day.year === null) doubts.push('no-year');
  const seconds = day.year === null ? lastYear(secondsAt, now) : secondsAt(day.year);
  return seconds === null ? null : { seconds, nanos, zoned, doubts };
}

/** The last of a date's years up to `now`; a leap day may lie eight years back. */
function lastYear(secondsAt: (year: number) => number | null, now: number): number | null {
  const thisYear = new Date(now * 1000).getUTCFullYear();
  for (let year = thisYear; year >= thisYear - 8; year--) {
    const seconds = secondsAt(year);
    if (seconds !== null && seconds <= now + 86400) return seconds;
  }
  return null;
}

interface Zone {
  minutes: number;
  doubt: Doubt | null;
  /** Characters that it takes after the clock. */
  length: number;
}

/** Null where the text has an offset that is none. */
function readZone(after: string, original: string): Zone | null {
  const offset = OFFSET.exec(after);
  if (offset) {
    const minutes = offsetMinutes(offset[1]!, offset[2]!, offset[3]);
    return minutes === null ? null : { minutes, doubt: null, length: offset[0].length };
  }
  const word = ABBREVIATION.exec(after);
  if (!word) return { minutes: 0, doubt: 'no-zone', length: 0 };
  const known = zoneOf(word[1]!);
  if (!known) return { minutes: 0, doubt: 'unknown-zone', length: word[0].length };
  // CST beside Chinese words is China's, not America's.
  if (word[1] === 'CST' && /[年月星]/.test(original))
    return { minutes: 480, doubt: null, length: word[0].length };
  return { minutes: known.minutes, doubt: known.sure ? null : 'ambiguous-zone', length: word[0].length };
}

interface Day {
  year: number | null;
  month: number;
  day: number;
}

/** The day in what is left beside the clock; null if there is none, or if more than a date is left. */
function readDay(text: string): Day | null {
  const iso = YEAR_FIRST.exec(text);
  if (iso) return checked(text.replace(iso[0], ' '), Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const dotted = DAY_FIRST.exec(text);
  if (dotted)
    return checked(text.replace(dotted[0], ' '), Number(dotted[3]), Number(dotted[2]), Number(dotted[1]));
  const months = (text.match(/[\p{L}\p{M}]{3,}/gu) ?? []).filter((word) => monthOf(word) !== null);
  // In Spanish, French and Italian `mar` is Tuesday too; the month is then the other word, or the last.
  const word =
    months.length > 1 ? (months.findLast((name) => !/^mar/i.test(name)) ?? months.at(-1)) : months[0];
  const day = /(?<![\d:])(\d{1,2})(?![\d:])/.exec(text);
  if (word === undefined || !day) return null;
  const year = /(?<!\d)(\d{4})(?!\d)/.exec(text);
  const rest = text
    .replace(word, ' ')
    .replace(/(?<![\d:])\d{1,2}(?![\d:])/, ' ')
    .replace(/(?<!\d)\d{4}(?!\d)/, ' ');
  return checked(rest, year ? Number(year[1]) : null, monthOf(word)!, Number(day[1]));
}

/** More than a weekday and a few short words beside a date is no date line. */
function checked(rest: string, year: number | null, month: number, day: number): Day | null {
  if (/\d/.test(rest) || rest.replace(/[^\p{L}]/gu, '').length > 24) return null;
  return { year, month, day };
}

const LEADING: readonly RegExp[] = [
  /^\[?\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(?:[.,]\d{1,9})?(?:Z| ?[+-]\d{2}:?\d{2}| UTC)?\]?(?=[\s>:]|$)/,
  /^\[?(?:\w{3} )?\w{3} [ \d]\d \d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?: [A-Z]{3,5})?(?: \d{4})?\]?(?=[\s>:]|$)/,
  /^\[?\d{10}\.\d{1,9}\]?(?=[\s>:]|$)/,
];

/** A date that a line begins with (`ts`, journalctl, dmesg -T, -o timestamp) and what follows it. */
export function leadingDate(line: string, now: number): { date: DateReading; rest: string } | null {
  for (const form of LEADING) {
    const found = form.exec(line);
    const date = found && readDate(found[0], now);
    if (date) return { date, rest: line.slice(found[0].length).replace(/^[\s>:]+/, '') };
  }
  return null;
}
