/** An instant as sinks and columns take it. */
export interface Instant {
  /** Whole seconds since 1970 UTC. */
  readonly seconds: number;
  /** 0..999,999,999. */
  readonly nanos: number;
  /** False if the text named no zone, or one that nobody can tell; it is then read as UTC. */
  readonly zoned: boolean;
}

/** Minutes east of UTC; of abbreviations that several zones use (CST, IST, BST) the commonest in clusters. */
const ZONES: Readonly<Record<string, number>> = {
  UTC: 0,
  GMT: 0,
  Z: 0,
  WET: 0,
  BST: 60,
  CET: 60,
  WEST: 60,
  CEST: 120,
  EET: 120,
  SAST: 120,
  EEST: 180,
  MSK: 180,
  IST: 330,
  WIB: 420,
  SGT: 480,
  HKT: 480,
  PHT: 480,
  AWST: 480,
  KST: 540,
  JST: 540,
  AEST: 600,
  AEDT: 660,
  NZST: 720,
  NZDT: 780,
  EST: -300,
  EDT: -240,
  CST: -360,
  CDT: -300,
  MST: -420,
  MDT: -360,
  PST: -480,
  PDT: -420,
  AKST: -540,
  HST: -600,
};

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const ISO =
  /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9})\d{0,9})? ?(Z|z|[A-Z]{3,5}|[+-]\d\d(?::?\d\d)?)?$/;
const EPOCH = /^(\d{9,10})(?:\.(\d{1,9}))?$/;
const CLOCK =
  /(?:^|[\sT])(?:(오전|오후|午前|午後|上午|下午) ?)?(\d{1,2})(?::|시 |時|时)(\d\d)(?::|분 |分)(\d\d)(?:초|秒)?(?:[.,](\d{1,9}))?(?: ?([AaPp])\.?[Mm]\b\.?)?/u;
const CJK_DAY = /(\d{4})(?:\. ?|년 +|年 *)(\d{1,2})(?:\. ?|월 +|月 *)(\d{1,2})(?:\.|일|日)/u;
const MONTH_FIRST = /(?:^|[\s,])([A-Z][a-z]{2})[a-z]* {1,2}(\d{1,2})\b/;
const DAY_FIRST = /(?:^|[\s,])(\d{1,2})\.? ([A-Z][a-z]{2})[a-z]*\b/;
const ZONE = /(?:^|\s)(Z|[A-Z]{3,5}|[+-]\d\d(?::?\d\d)?)(?=\s|$)/g;

/** Reads an RFC 3339 or ISO 8601 time, or null. */
export function parseTimestamp(text: string): Instant | null {
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

/**
 * Reads a line that date(1) printed, alone on its line: the C, English and CJK locales, `-R`, `-I`, `+%s`
 * with or without a fraction. Null for any other line.
 */
export function parseDateLine(line: string): Instant | null {
  const text = line.trim();
  if (text.length < 9 || text.length > 80) return null;
  const epoch = EPOCH.exec(text);
  if (epoch) return { seconds: Number(epoch[1]), nanos: nanosOf(epoch[2]), zoned: true };
  return parseTimestamp(text) ?? parseSpokenDate(text);
}

function parseSpokenDate(text: string): Instant | null {
  const clock = CLOCK.exec(text);
  if (!clock) return null;
  const rest = `${text.slice(0, clock.index)} ${text.slice(clock.index + clock[0].length)}`;
  const day = dayOf(rest);
  if (!day || !isDateOnly(rest)) return null;
  const afternoon = /^[Pp]$|오후|午後|下午/u.test(clock[6] ?? clock[1] ?? '');
  const half = clock[6] !== undefined || clock[1] !== undefined;
  const hour = Number(clock[2]);
  if (half && hour > 12) return null;
  const hour24 = half ? (hour % 12) + (afternoon ? 12 : 0) : hour;
  const zone = [...rest.matchAll(ZONE)].map((match) => match[1]!).find((word) => isZone(word));
  const [year, month, date] = day;
  return instant(year, month, date, hour24, Number(clock[3]), Number(clock[4]), clock[5], zone);
}

function dayOf(text: string): [number, number, number] | null {
  const cjk = CJK_DAY.exec(text);
  if (cjk) return [Number(cjk[1]), Number(cjk[2]), Number(cjk[3])];
  const year = /(?:^|\s)(\d{4})(?=\s|$|,)/.exec(text);
  if (!year) return null;
  const first = MONTH_FIRST.exec(text.replace(/^[A-Z][a-z]{2},? /, ''));
  if (first && monthOf(first[1]!)) return [Number(year[1]), monthOf(first[1]!), Number(first[2])];
  const second = DAY_FIRST.exec(text);
  return second && monthOf(second[2]!) ? [Number(year[1]), monthOf(second[2]!), Number(second[1])] : null;
}

function monthOf(word: string): number {
  return MONTHS.indexOf(word.slice(0, 3).toLowerCase()) + 1;
}

/** No more words than a date has, so that a log line that contains one is none. */
function isDateOnly(text: string): boolean {
  const words = text.trim().split(/\s+/);
  return words.length <= 6 && words.every((word) => word.length <= 12 && /^[\p{L}\d.,()+:-]+$/u.test(word));
}

function isZone(word: string): boolean {
  return word in ZONES || /^[+-]\d/.test(word);
}

function nanosOf(fraction: string | undefined): number {
  return fraction === undefined ? 0 : Number(fraction.padEnd(9, '0'));
}

function minutesOf(zone: string | undefined): number | null {
  if (zone === undefined) return null;
  const offset = /^([+-])(\d\d):?(\d\d)?$/.exec(zone);
  if (!offset) return ZONES[zone.toUpperCase()] ?? null;
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
): Instant | null {
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 24 || minute > 59 || second > 60) return null;
  if (year < 1970 || year > 2200) return null;
  const east = minutesOf(zone);
  const seconds = Date.UTC(year, month - 1, day, hour, minute, second) / 1000 - (east ?? 0) * 60;
  return { seconds, nanos: nanosOf(fraction), zoned: east !== null };
}
