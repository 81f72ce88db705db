import type { LogLine } from '../log-line.js';
import { stamp } from './json/times.js';
import { DIGITS, type Wrapper } from './wrapper.js';

const UNIX = /^(\d{9,10}\.\d{3,9}) /;

/** `1714507760.123456 MESSAGE`: journalctl -o short-unix and others. */
export const unixTime: Wrapper = {
  name: 'seconds since 1970',
  beginsWith: DIGITS,
  unwrap(line: LogLine): boolean {
    const dot = line.bytes[line.start + 9] === 46 || line.bytes[line.start + 10] === 46;
    const unix = dot ? UNIX.exec(line.text(32)) : null;
    if (!unix) return false;
    line.start += unix[0].length;
    stamp(line, unix[1]);
    return true;
  },
};
