import type { LogLine } from '../log-line.js';
import { lokiStream } from './json/loki.js';
import type { Wrapper } from './wrapper.js';

const LABELS = /^\{((?:[a-zA-Z_]\w{0,99}="(?:\\.|[^"\\]){0,999}"(?:, ?)?){0,60})\} /;
const LABEL = /(?<!\w)([a-zA-Z_]\w*)="((?:\\.|[^"\\])*)"/g;

/** `{pod="NAME", container="NAME"} MESSAGE` after the time: logcli's default output. */
export const lokiLabels: Wrapper = {
  name: 'Loki: logcli',
  beginsWith: '{',
  unwrap(line: LogLine): boolean {
    if (line.bytes[line.start + 1] === 34) return false;
    const labels = LABELS.exec(line.ascii(4096));
    if (!labels) return false;
    line.start += labels[0].length;
    const pairs = [...labels[1]!.matchAll(LABEL)].map((label) => [label[1], label[2]]);
    line.writtenBy(lokiStream(Object.fromEntries(pairs)));
    return true;
  },
};
