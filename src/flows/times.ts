import type { Instant, ReadInstant } from '../base/time/instant.js';
import { parseTimestamp } from '../base/time/iso.js';
import { readDate } from '../base/time/printed.js';
import { instantOfDigits, instantOfNumber } from '../base/time/since-epoch.js';
import type { PrintedTime } from '../capture/printed/printed-packet.js';

/** What a record without a time has. */
export const NO_TIME: PrintedTime = { form: 'none', seconds: 0, nanos: 0 };

/** A time as text (ISO 8601, `date`'s words, digits since 1970 with a fraction) or as a number since 1970. */
export function timeOf(value: unknown): PrintedTime {
  if (typeof value === 'number') return ofEpoch(instantOfNumber(value));
  if (typeof value !== 'string' || value.length > 64) return NO_TIME;
  return /^[\d.]+$/.test(value)
    ? ofEpoch(instantOfDigits(value))
    : ofDate(parseTimestamp(value) ?? readDate(value, Date.now() / 1000));
}

/** The time of a date that was read, if one was. */
export function ofDate(date: ReadInstant | null): PrintedTime {
  return date ? { form: date.zoned ? 'epoch' : 'date', seconds: date.seconds, nanos: date.nanos } : NO_TIME;
}

function ofEpoch(time: Instant | null): PrintedTime {
  return time ? { form: 'epoch', ...time } : NO_TIME;
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
