import { LAST_PART, type LogLine, MORE_FOLLOWS } from '../log-line.js';
import type { Instant } from '../../base/time/instant.js';
import { readRfc3339 } from '../timestamps.js';
import { DIGITS, type Wrapper } from './wrapper.js';

const time: Instant = { seconds: 0, nanos: 0 };

/** `TIME stdout F MESSAGE`: containerd and CRI-O on the node (Kubernetes's CRI logging format). */
export const cri: Wrapper = {
  name: 'CRI (containerd, CRI-O)',
  beginsWith: DIGITS,
  unwrap(line: LogLine): boolean {
    const after = readRfc3339(line.bytes, line.start, line.end, time);
    if (after < 0 || line.bytes[after + 1] !== 115 || line.bytes[after + 2] !== 116) return false;
    const isStderr = line.hasAt(after, ' stderr ');
    if (!isStderr && !line.hasAt(after, ' stdout ')) return false;
    const tag = line.bytes[after + 8];
    // Tags are separated by colons; the first says whether the line is whole.
    let content = after + 9;
    if ((tag !== 70 && tag !== 80) || content > line.end) return false;
    if (line.bytes[content] === 58) while (content < line.end && line.bytes[content] !== 32) content++;
    if (content < line.end && line.bytes[content] !== 32) return false;
    line.start = Math.min(content + 1, line.end);
    line.isStderr = isStderr;
    line.part = tag === 80 ? MORE_FOLLOWS : LAST_PART;
    line.writtenAt(time.seconds, time.nanos);
    return true;
  },
};
