import type { LogLine } from '../log-line.js';
import type { Instant } from '../../base/time/instant.js';
import { readGoLogTime, readRfc3339 } from '../timestamps.js';
import { DIGITS, type Wrapper } from './wrapper.js';

const time: Instant = { seconds: 0, nanos: 0 };

/**
 * `2022-03-18T07:12:15.699431183Z MESSAGE`: kubectl logs --timestamps, CloudWatch's export to S3, and
 * CoreDNS's own prefix from 1.2.6 to 1.6.2.
 */
export const rfc3339: Wrapper = {
  name: 'RFC 3339 time (kubectl logs --timestamps)',
  beginsWith: DIGITS,
  unwrap(line: LogLine): boolean {
    const after = readRfc3339(line.bytes, line.start, line.end, time);
    if (after < 0 || (after < line.end && line.bytes[after] !== 32 && line.bytes[after] !== 9)) return false;
    line.start = Math.min(after + 1, line.end);
    line.writtenAt(time.seconds, time.nanos);
    return true;
  },
};

/** `2018/08/15 14:37:17 MESSAGE`: Go's log package, in local time, which is UTC in CoreDNS's images. */
export const goLog: Wrapper = {
  name: "Go's log prefix",
  beginsWith: DIGITS,
  unwrap(line: LogLine): boolean {
    const after = readGoLogTime(line.bytes, line.start, line.end, time);
    if (after < 0 || line.bytes[after] !== 32) return false;
    line.start = after + 1;
    // A wrapper around it has a zone; this has none.
    if (!line.timed) line.writtenAt(time.seconds, time.nanos);
    return true;
  },
};
