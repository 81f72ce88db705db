import type { LogLine } from '../log-line.js';
import { digits } from '../timestamps.js';
import { isAnchor, isNameByte } from './anchors.js';
import { LOWER_LETTERS, UPPER_LETTERS, type Wrapper } from './wrapper.js';

const COLON = 58;

/** `PATH.log:MESSAGE`, `PATH.log:12:MESSAGE`: grep over several files. */
export const filePrefix: Wrapper = {
  name: 'grep -H',
  beginsWith: `${LOWER_LETTERS}${UPPER_LETTERS}./_`,
  unwrap(line: LogLine): boolean {
    const { bytes, start, end } = line;
    const stop = Math.min(end, start + 1024);
    let at = start;
    while (at < stop && isNameByte(bytes[at]!)) at++;
    if (bytes[at] !== COLON || at - start < 5) return false;
    const nameEnd = at++;
    const isLog = line.hasAt(nameEnd - 4, '.log');
    const number = at;
    while (at < stop && digits(bytes, at, 1) >= 0) at++;
    if (at === number || bytes[at] !== COLON) at = number;
    else at++;
    if (!isLog && !isAnchor(line, at)) return false;
    line.writtenByBytes(start, nameEnd);
    line.start = at;
    return true;
  },
};
