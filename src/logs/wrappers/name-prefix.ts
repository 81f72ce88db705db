import type { LogLine } from '../log-line.js';
import { isAnchor, isNameByte } from './anchors.js';
import { LOWER_LETTERS, UPPER_LETTERS, type Wrapper } from './wrapper.js';

const SPACE = 32;
const SLASH = 47;

/** Namespace, pod and container at most. */
const MOST_NAMES = 3;
const LONGEST_PREFIX = 512;

/** `POD CONTAINER MESSAGE` (stern), `POD MESSAGE` (its templates), `STREAM MESSAGE` (aws logs tail, after the time). */
export const namePrefix: Wrapper = {
  name: 'stern, aws logs tail',
  beginsWith: LOWER_LETTERS + UPPER_LETTERS,
  unwrap(line: LogLine): boolean {
    const { bytes, start } = line;
    const stop = Math.min(line.end, start + LONGEST_PREFIX);
    let at = start;
    let before = start;
    for (let names = 0; names < MOST_NAMES; names++) {
      const name = at;
      while (at < stop && isNameByte(bytes[at]!)) at++;
      if (at === name || at >= stop || bytes[at] !== SPACE) return false;
      const nameEnd = at;
      while (at < stop && bytes[at] === SPACE) at++;
      if (isAnchor(line, at)) {
        const text = Buffer.from(bytes.subarray(before, nameEnd)).toString('latin1');
        line.writtenBy(text.replace(/ +/, String.fromCharCode(SLASH)));
        line.start = at;
        return true;
      }
      before = name;
    }
    return false;
  },
};
