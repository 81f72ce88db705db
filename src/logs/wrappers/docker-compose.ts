import type { LogLine } from '../log-line.js';
import { isNameByte } from './anchors.js';
import { LOWER_LETTERS, type Wrapper } from './wrapper.js';

/** `SERVICE-1  | MESSAGE`: docker compose logs. */
export const compose: Wrapper = {
  name: 'docker compose logs',
  beginsWith: LOWER_LETTERS,
  unwrap(line: LogLine): boolean {
    const { bytes, start, end } = line;
    let at = start;
    while (at < end && isNameByte(bytes[at]!)) at++;
    const nameEnd = at;
    while (at < end && bytes[at] === 32) at++;
    if (at === nameEnd || bytes[at] !== 124 || (at + 1 < end && bytes[at + 1] !== 32)) return false;
    line.writtenByBytes(start, nameEnd);
    line.start = Math.min(at + 2, end);
    return true;
  },
};
