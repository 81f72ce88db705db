import type { LogLine } from '../log-line.js';
import type { Instant } from '../../base/time/instant.js';
import { readGoLogTime, readRfc3339 } from '../timestamps.js';

const LEVELS = ['[INFO] ', '[ERROR] ', '[WARNING] ', '[DEBUG] ', '[FATAL] ', '[PANIC] '];
const BANNERS = [
  'CoreDNS-',
  'maxprocs: ',
  'linux/',
  'panic: ',
  'goroutine ',
  'fatal error: ',
  'plugin/',
  '.:',
];
const time: Instant = { seconds: 0, nanos: 0 };

/**
 * Whether what stands at `at` is the beginning of a line of CoreDNS's or of another wrapper, so that the words
 * before it are a collector's prefix.
 */
export function isAnchor(line: LogLine, at: number): boolean {
  const first = line.bytes[at]!;
  if (first === 91) return LEVELS.some((level) => line.hasAt(at, level));
  if (first === 123) return line.bytes[at + 1] === 34;
  if (first >= 48 && first <= 57) {
    return (
      readRfc3339(line.bytes, at, line.end, time) > 0 || readGoLogTime(line.bytes, at, line.end, time) > 0
    );
  }
  return BANNERS.some((banner) => line.hasAt(at, banner));
}

/** Letters, digits and the marks in names of pods, containers, hosts and log streams. */
export function isNameByte(byte: number): boolean {
  if (byte >= 48 && byte <= 57) return true;
  const letter = byte | 32;
  return (letter >= 97 && letter <= 122) || byte === 45 || byte === 46 || byte === 95 || byte === 47;
}
