import { parseTimestamp } from '../../../base/time/iso.js';
import { instantOfDigits, instantOfNumber } from '../../../base/time/since-epoch.js';
import type { LogLine } from '../../log-line.js';

/**
 * Notes the time that a shipper wrote as text (RFC 3339, or without zone: UTC), or since 1970: as a number (Fluent Bit's seconds,
 * CloudWatch's milliseconds) or in digits (journald's microseconds, Loki's nanoseconds).
 */
export function stamp(line: LogLine, value: unknown): void {
  const time =
    typeof value === 'number'
      ? instantOfNumber(value)
      : typeof value === 'string'
        ? (parseTimestamp(value) ?? instantOfDigits(value))
        : null;
  if (time) line.writtenAt(time.seconds, time.nanos);
}
