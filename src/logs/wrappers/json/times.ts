import { parseTimestamp } from '../../../input/time/iso.js';
import type { LogLine } from '../../log-line.js';

/** Notes the time that a shipper wrote as text (RFC 3339, or without zone: UTC), or as a number since 1970. */
export function stamp(line: LogLine, value: unknown): void {
  if (typeof value === 'number') stampNumber(line, value);
  else if (typeof value === 'string') {
    const time = parseTimestamp(value);
    if (time) line.writtenAt(time.seconds, time.nanos);
    else if (/^\d{9,20}(?:\.\d{1,9})?$/.test(value)) stampDigits(line, value);
  }
}

/** Seconds with a fraction (Fluent Bit), or milliseconds (CloudWatch). */
function stampNumber(line: LogLine, value: number): void {
  if (!(value > 1e8 && value < 1e16)) return;
  const seconds = value < 1e11 ? value : value < 1e14 ? value / 1e3 : value / 1e6;
  const whole = Math.floor(seconds);
  // A double holds microseconds of our days, and no more.
  line.writtenAt(whole, Math.min(999_999_999, Math.round((seconds - whole) * 1e6) * 1000));
}

/** Seconds, milliseconds, microseconds (journald) or nanoseconds (Loki), told apart by their length. */
function stampDigits(line: LogLine, value: string): void {
  const [whole, fraction = ''] = value.split('.') as [string, string?];
  const cut = whole.length <= 10 ? whole.length : whole.length <= 13 ? -3 : whole.length <= 16 ? -6 : -9;
  const seconds = cut < 0 ? whole.slice(0, cut) : whole;
  const rest = cut < 0 ? whole.slice(cut) : fraction;
  if (Number(seconds) > 1e11) return;
  line.writtenAt(Number(seconds), Number(rest.padEnd(9, '0').slice(0, 9)));
}
