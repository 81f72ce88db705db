/** Reads the times that log wrappers and old CoreDNS versions write, from bytes. */

import { daysIn } from '../base/time/calendar.js';
import type { Instant } from '../base/time/instant.js';

const ZERO = 48;
const PLUS = 43;
const MINUS = 45;
const COLON = 58;
const TENS = Array.from({ length: 10 }, (_, i) => 10 ** i);
const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec';

/** The number that `count` digits at `at` make, or -1. */
export function digits(bytes: Uint8Array, at: number, count: number): number {
  let value = 0;
  for (let i = at; i < at + count; i++) {
    const digit = bytes[i]! - ZERO;
    if (!(digit >= 0 && digit <= 9)) return -1;
    value = value * 10 + digit;
  }
  return value;
}

/** Month 1 to 12 of the three letters at `at`, or 0. */
function monthNamed(bytes: Uint8Array, at: number): number {
  for (let i = 0; i < 36; i += 3) {
    if (MONTHS.charCodeAt(i) !== bytes[at] || MONTHS.charCodeAt(i + 1) !== bytes[at + 1]) continue;
    if (MONTHS.charCodeAt(i + 2) === bytes[at + 2]) return i / 3 + 1;
  }
  return 0;
}

/** Seconds since 1970 at the start of a day of the Gregorian calendar (month 1 to 12), or NaN for no such date. */
function dayStart(year: number, month: number, day: number): number {
  if (year < 1970 || day < 1 || day > daysIn(year, month)) return NaN;
  // Years that begin in March put the leap day last.
  const y = month > 2 ? year : year - 1;
  const m = month > 2 ? month - 3 : month + 9;
  const leapDays = ((y / 4) | 0) - ((y / 100) | 0) + ((y / 400) | 0);
  return (365 * y + leapDays + (((153 * m + 2) / 5) | 0) + day - 719_469) * 86_400;
}

/** Seconds since midnight of `HH:MM:SS` at `at`, or NaN; a leap second counts as the next second. */
function clockTime(bytes: Uint8Array, at: number): number {
  const hour = digits(bytes, at, 2);
  const minute = digits(bytes, at + 3, 2);
  const second = digits(bytes, at + 6, 2);
  if (bytes[at + 2] !== COLON || bytes[at + 5] !== COLON || second < 0 || second > 60) return NaN;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59) return NaN;
  return hour * 3600 + minute * 60 + second;
}

/** Seconds east of UTC of `+HH:MM` or `+HHMM` at `at`, or NaN. */
function zoneOffset(bytes: Uint8Array, at: number): number {
  const hours = digits(bytes, at + 1, 2);
  const minutes = digits(bytes, bytes[at + 3] === COLON ? at + 4 : at + 3, 2);
  if (hours < 0 || minutes < 0 || hours > 23 || minutes > 59) return NaN;
  return (hours * 3600 + minutes * 60) * (bytes[at] === MINUS ? -1 : 1);
}

/** The minute that was read last, `YYYY-MM-DDTHH:MM`: most lines of a log share it with the line before. */
const minute = { text: new Uint8Array(16), seconds: NaN };

/** Seconds since 1970 at the start of the minute at `at`, `YYYY-MM-DDTHH:MM`, its zone left out, or NaN. */
export function minuteStart(bytes: Uint8Array, at: number): number {
  const { text } = minute;
  let same = 0;
  while (same < 16 && text[same] === bytes[at + same]) same++;
  if (same === 16) return minute.seconds;
  if (bytes[at + 4] !== MINUS || bytes[at + 7] !== MINUS) return NaN;
  if (bytes[at + 10] !== 84 && bytes[at + 10] !== 32) return NaN;
  const day = dayStart(digits(bytes, at, 4), digits(bytes, at + 5, 2), digits(bytes, at + 8, 2));
  const hour = digits(bytes, at + 11, 2);
  const past = digits(bytes, at + 14, 2);
  if (bytes[at + 13] !== COLON || hour < 0 || hour > 23 || past < 0 || past > 59) return NaN;
  const seconds = day + hour * 3600 + past * 60;
  if (Number.isNaN(seconds)) return NaN;
  for (let i = 0; i < 16; i++) text[i] = bytes[at + i]!;
  minute.seconds = seconds;
  return seconds;
}

/**
 * Reads an RFC 3339 time (`T` or a blank between date and time, any number of fraction digits after a dot or
 * comma, the zone's colon optional) into `into`; the index after it, or -1.
 */
export function readRfc3339(bytes: Uint8Array, at: number, end: number, into: Instant): number {
  if (end - at < 19 || bytes[at + 16] !== COLON) return -1;
  const second = digits(bytes, at + 17, 2);
  if (second < 0 || second > 60) return -1;
  let seconds = minuteStart(bytes, at) + second;
  if (Number.isNaN(seconds)) return -1;
  let p = at + 19;
  let nanos = 0;
  if (p < end && (bytes[p] === 46 || bytes[p] === 44)) {
    let places = 0;
    for (p++; p < end; p++) {
      const digit = bytes[p]! - ZERO;
      if (!(digit >= 0 && digit <= 9)) break;
      if (++places <= 9) nanos = nanos * 10 + digit;
    }
    if (places < 9) nanos *= TENS[9 - places]!;
  }
  if (p < end && (bytes[p] === 90 || bytes[p] === 122)) p++;
  else if (end - p >= 5 && (bytes[p] === PLUS || bytes[p] === MINUS)) {
    seconds -= zoneOffset(bytes, p);
    if (Number.isNaN(seconds)) return -1;
    p += bytes[p + 3] === COLON ? 6 : 5;
    if (p > end) return -1;
  } else return -1;
  into.seconds = seconds;
  into.nanos = nanos;
  return p;
}

/** Reads what Go's log package writes, `2018/08/15 14:37:17`, microseconds optional; the index after it, or -1. */
export function readGoLogTime(bytes: Uint8Array, at: number, end: number, into: Instant): number {
  if (end - at < 19 || bytes[at + 4] !== 47 || bytes[at + 7] !== 47 || bytes[at + 10] !== 32) return -1;
  const day = dayStart(digits(bytes, at, 4), digits(bytes, at + 5, 2), digits(bytes, at + 8, 2));
  const seconds = day + clockTime(bytes, at + 11);
  if (Number.isNaN(seconds)) return -1;
  const micros = bytes[at + 19] === 46 && end - at >= 26 ? digits(bytes, at + 20, 6) : -1;
  into.seconds = seconds;
  into.nanos = Math.max(0, micros) * 1000;
  return at + (micros < 0 ? 19 : 26);
}

/** Reads `07/Sep/2018:15:29:11 +0000` (CoreDNS to 1.2.5); the index after it, or -1. */
export function readCommonLogTime(bytes: Uint8Array, at: number, end: number, into: Instant): number {
  if (end - at < 26 || bytes[at + 2] !== 47 || bytes[at + 6] !== 47 || bytes[at + 11] !== COLON) return -1;
  const day = dayStart(digits(bytes, at + 7, 4), monthNamed(bytes, at + 3), digits(bytes, at, 2));
  const sign = bytes[at + 21];
  if (bytes[at + 20] !== 32 || (sign !== PLUS && sign !== MINUS)) return -1;
  const seconds = day + clockTime(bytes, at + 12) - zoneOffset(bytes, at + 21);
  if (Number.isNaN(seconds)) return -1;
  into.seconds = seconds;
  into.nanos = 0;
  return at + 26;
}
