import { END_YEAR, FIRST_YEAR } from './range.js';

const DAYS: readonly number[] = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Days of a month (1 to 12) of the Gregorian calendar; 0 for a month that is none. */
export function daysIn(year: number, month: number): number {
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return leap ? 29 : (DAYS[month] ?? 0);
}

/**
 * Seconds since 1970 of a date and time of day in UTC (months from 1); null where there is no such time, or none of
 * the years that evidence may tell. Second 60 is a leap second and counts as the next one.
 */
export function calendarSeconds(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): number | null {
  if (year < FIRST_YEAR || year >= END_YEAR || day < 1 || day > daysIn(year, month)) return null;
  if (hour > 23 || minute > 59 || second > 60) return null;
  return Date.UTC(year, month - 1, day, hour, minute, second) / 1000;
}

/** Minutes east of UTC of an offset such as `-`, `09`, `30`; null past 23:59. */
export function offsetMinutes(sign: string, hours: string, minutes = '00'): number | null {
  if (Number(hours) > 23 || Number(minutes) > 59) return null;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

/** The same of six texts of digits, year first, as a regular expression finds them. */
export function calendarSecondsOf(texts: readonly (string | undefined)[]): number | null {
  const [year = NaN, month = NaN, day = NaN, hour = NaN, minute = NaN, second = NaN] = texts.map(Number);
  return calendarSeconds(year, month, day, hour, minute, second);
}
