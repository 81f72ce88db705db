import type { LogLine } from '../log-line.js';
import type { Instant } from '../../base/time/instant.js';
import { readCommonLogTime } from '../timestamps.js';
import { DIGITS, type Wrapper } from './wrapper.js';

const time: Instant = { seconds: 0, nanos: 0 };

/** `19/Apr/2018:04:27:06 +0000 MESSAGE`: the errors plugin to 1.1.x. */
export const commonLogTime: Wrapper = {
  name: 'Common Log Format time',
  beginsWith: DIGITS,
  unwrap(line: LogLine): boolean {
    const after = readCommonLogTime(line.bytes, line.start, line.end, time);
    if (after < 0 || line.bytes[after] !== 32) return false;
    line.start = after + 1;
    line.writtenAt(time.seconds, time.nanos);
    return true;
  },
};
