import { fractionNanos } from '../input/time/instant.js';
import { parseTimestamp } from '../input/time/iso.js';
import { readDate } from '../input/time/printed.js';
import type { PrintedTime } from '../capture/printed/printed-packet.js';

/** What a record without a time has. */
export const NO_TIME: PrintedTime = { form: 'none', seconds: 0, nanos: 0 };

/** A time as text (ISO 8601, `date`'s words, seconds since 1970 with a fraction) or as a number since 1970. */
export function timeOf(value: unknown): PrintedTime {
  if (typeof value === 'number') return ofNumber(value);
  if (typeof value !== 'string' || value.length > 64) return NO_TIME;
  const epoch = /^(\d{9,10})(?:\.(\d{1,9})\d*)?$/.exec(value);
  if (epoch) return { form: 'epoch', seconds: Number(epoch[1]), nanos: fractionNanos(epoch[2]) };
  if (/^\d{11,20}$/.test(value)) return ofNumber(Number(value));
  const date = parseTimestamp(value) ?? readDate(value, Date.now() / 1000);
  return date ? { form: date.zoned ? 'epoch' : 'date', seconds: date.seconds, nanos: date.nanos } : NO_TIME;
}

/** Seconds, milliseconds, microseconds or nanoseconds, told apart by their size. */
function ofNumber(value: number): PrintedTime {
  if (!(value > 1e8 && value < 4e18)) return NO_TIME;
  const unit = value < 1e11 ? 1 : value < 1e14 ? 1e3 : value < 1e17 ? 1e6 : 1e9;
  const seconds = Math.floor(value / unit);
  // a double holds microseconds of our days, and no more
  return {
    form: 'epoch',
    seconds,
    nanos: Math.min(999_999_999, Math.round((value / unit - seconds) * 1e6) * 1000),
  };
}

/** A time and some seconds after it. */
export function after(time: PrintedTime, seconds: number): PrintedTime {
  const nanos = time.nanos + Math.round((seconds - Math.floor(seconds)) * 1e9);
  return {
    form: time.form,
    seconds: time.seconds + Math.floor(seconds) + Math.floor(nanos / 1e9),
    nanos: nanos % 1e9,
  };
}
