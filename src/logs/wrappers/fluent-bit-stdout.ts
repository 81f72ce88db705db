import type { LogLine } from '../log-line.js';
import { parseJson, takeRecord } from './json/index.js';
import { stamp } from './json/times.js';
import type { Wrapper } from './wrapper.js';

const HEAD = /^\[\d{1,9}\] [\w.*/:@-]{1,512}: \[\[?(\d{9,10}(?:\.\d{1,9})?)(?:, \{.{0,999}?\}\])?, (?=\{)/;

/** `[0] TAG: [SECONDS, {"log"=>"MESSAGE", ...}]`: Fluent Bit's stdout output, of 2.x with metadata too. */
export const fluentBitStdout: Wrapper = {
  name: 'Fluent Bit: stdout output',
  beginsWith: '[',
  unwrap(line: LogLine): boolean {
    const first = line.bytes[line.start + 1]!;
    if (!(first >= 48 && first <= 57) || line.bytes[line.end - 1] !== 93) return false;
    const text = line.text(line.end - line.start);
    const head = HEAD.exec(text);
    if (!head) return false;
    // A record's own time is the better one; it comes last.
    const record = parse(text.slice(head[0].length, -1));
    if (!takeRecord(record, line)) return false;
    if (!line.timed) stamp(line, head[1]);
    return true;
  },
};

/** Reads a map printed with `=>` between key and value. */
function parse(text: string): unknown {
  let json = '';
  let from = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at++) {
    if (isInString && text[at] === '\\') at++;
    else if (text[at] === '"') isInString = !isInString;
    else if (!isInString && text[at] === '=' && text[at + 1] === '>') {
      json += `${text.slice(from, at)}:`;
      from = at + 2;
    }
  }
  return parseJson(json + text.slice(from));
}
