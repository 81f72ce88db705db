import { LAST_PART, type LogLine, MORE_FOLLOWS } from '../log-line.js';
import type { Instant } from '../../base/time/instant.js';
import { readRfc3339 } from '../timestamps.js';
import { JsonText } from './json-text.js';
import type { Wrapper } from './wrapper.js';

const QUOTE = 34;
const COLON = 58;
const ESCAPE = 27;
const CLOSE = 125;
/** dockerd cuts messages at this size and leaves the line feed off (daemon/logger/copier.go). */
const DOCKER_PART = 16384;

/** Members that a shipper adds to the driver's own (and `attrs`). */
const SHIPPERS_KEYS = ['"kubernetes"', '"logtag"', '"_p"'];

const text = new JsonText();
const time: Instant = { seconds: 0, nanos: 0 };

/** `{"log":"MESSAGE\n","stream":"stdout","time":"TIME"}`: Docker's json-file driver, read without parsing the JSON. */
export const dockerJson: Wrapper = {
  name: "Docker's json-file",
  beginsWith: '{',
  unwrap(line: LogLine): boolean {
    if (!line.startsWith('{"log":')) return false;
    let at = valueAt(line, line.start + 6);
    const { bytes, end } = line;
    if (at < 0 || bytes[at] !== QUOTE) return false;
    at = text.read(bytes, at + 1, end);
    if (at < 0) return false;
    const stream = keyAt(line, at, '"stream"');
    const stamp = keyAt(line, at, '"time"');
    if (bytes[end - 1] === CLOSE && SHIPPERS_KEYS.some((key) => keyAt(line, at, key) >= 0)) return false;
    const hasTime = stamp >= 0 && readRfc3339(bytes, stamp + 1, end, time) >= 0;
    line.isStderr = stream >= 0 && line.hasAt(stream, '"stderr"');
    line.isDamaged = !hasTime || bytes[end - 1] !== CLOSE;
    if (text.bytes.subarray(0, text.length).includes(ESCAPE)) line.holds(text.toString());
    else line.holdsBytes(text.bytes, text.length);
    if (!line.isDamaged) line.writtenAt(time.seconds, time.nanos);
    const isPart = text.length >= DOCKER_PART && text.bytes[text.length - 1] !== 10;
    line.part = isPart ? MORE_FOLLOWS : LAST_PART;
    return true;
  },
};

/** Where the value after the key `word` begins, looked for in the short rest of the line; -1 if it has none. */
function keyAt(line: LogLine, from: number, word: string): number {
  const stop = Math.min(line.end, from + 400);
  for (let at = from; at < stop; at++) {
    if (line.bytes[at] === QUOTE && line.hasAt(at, word)) return valueAt(line, at + word.length);
  }
  return -1;
}

/** Passes over a colon and blanks. */
function valueAt(line: LogLine, at: number): number {
  if (line.bytes[at] !== COLON) return -1;
  do at++;
  while (line.bytes[at] === 32);
  return at < line.end ? at : -1;
}
