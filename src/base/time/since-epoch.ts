import { fractionNanos, type Instant } from './instant.js';

/** Seconds that are taken for seconds at most: larger numbers are of smaller units. */
const MOST_SECONDS = 1e11;

/**
 * The instant that a number since 1970 is: seconds with a fraction, milliseconds, microseconds or nanoseconds, told apart by
 * their size. To the microsecond, as a double holds no more of our days. Null of what is none.
 */
export function instantOfNumber(value: number): Instant | null {
  if (!(value > 1e8 && value < 4e18)) return null;
  const unit =
    value < MOST_SECONDS ? 1 : value < MOST_SECONDS * 1e3 ? 1e3 : value < MOST_SECONDS * 1e6 ? 1e6 : 1e9;
  const seconds = Math.floor(value / unit);
  return { seconds, nanos: Math.min(999_999_999, Math.round((value / unit - seconds) * 1e6) * 1000) };
}

/** The same of digits, with a fraction where they are seconds: exact to the nanosecond. */
export function instantOfDigits(text: string): Instant | null {
  const found = /^(\d{9,20})(?:\.(\d{1,9})\d{0,9})?$/.exec(text);
  if (!found) return null;
  const [, whole, fraction = ''] = found as unknown as [string, string, string?];
  const cut = whole.length <= 10 ? whole.length : whole.length <= 13 ? -3 : whole.length <= 16 ? -6 : -9;
  const seconds = Number(cut < 0 ? whole.slice(0, cut) : whole);
  const rest = cut < 0 ? whole.slice(cut) : fraction;
  return seconds > MOST_SECONDS ? null : { seconds, nanos: fractionNanos(rest) };
}
