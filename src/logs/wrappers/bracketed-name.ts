import type { LogLine } from '../log-line.js';
import { isNameByte } from './anchors.js';
import type { Wrapper } from './wrapper.js';

const CLOSE = 93;
const SPACE = 32;

/** `[POD] MESSAGE` and `[POD CONTAINER] MESSAGE`: kubetail. */
export const bracketedName: Wrapper = {
  name: 'kubetail',
  beginsWith: '[',
  unwrap(line: LogLine): boolean {
    const { bytes, start, end } = line;
    // Levels are in upper case, pod names never.
    if (!(bytes[start + 1]! >= 97 && bytes[start + 1]! <= 122)) return false;
    let at = start + 1;
    let dashes = 0;
    for (; at < end && (isNameByte(bytes[at]!) || bytes[at] === SPACE); at++) if (bytes[at] === 45) dashes++;
    if (dashes === 0 || bytes[at] !== CLOSE || bytes[at + 1] !== SPACE) return false;
    line.writtenBy(
      Buffer.from(bytes.subarray(start + 1, at))
        .toString('latin1')
        .replace(' ', '/'),
    );
    line.start = at + 2;
    return true;
  },
};
