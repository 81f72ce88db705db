import type { LogLine } from '../log-line.js';
import type { Wrapper } from './wrapper.js';

const CLOSE = 93;

/** `[pod/NAME/CONTAINER] MESSAGE`: kubectl logs --prefix. */
export const kubectlPrefix: Wrapper = {
  name: 'kubectl logs --prefix',
  beginsWith: '[',
  unwrap(line: LogLine): boolean {
    if (line.bytes[line.start + 1] !== 112 || !line.startsWith('[pod/')) return false;
    const close = line.bytes.indexOf(CLOSE, line.start);
    if (close < 0 || close >= line.end || (close + 1 < line.end && line.bytes[close + 1] !== 32))
      return false;
    line.writtenByBytes(line.start + 5, close);
    line.start = Math.min(close + 2, line.end);
    return true;
  },
};
