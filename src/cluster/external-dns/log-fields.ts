import type { Instant } from '../../base/time/instant.js';
import { parseTimestamp } from '../../base/time/iso.js';
import { textAt, textEntries, valueAt } from '../../base/loose-json.js';

/** A line of external-dns (logrus, as text or JSON) without what carried it. */
export interface LogFields {
  time: Instant | null;
  level: string;
  message: string;
  fields: ReadonlyMap<string, string>;
}

/** Characters before the line proper: kubectl's time, a pod's name, CRI's stream. */
const MAX_PREFIX = 400;

const START = /(?:^|[\s|])(?=time="|level=[a-z]+ )|(?:^|[\s|])(?=\{")/;
const PAIR = /([\w.-]{1,64})=(?:"((?:[^"\\]|\\.)*)"|(\S*))/g;
const STAMP = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)/;

/** Reads a line, whatever wraps it (kubectl --timestamps and --prefix, stern, CRI, Docker); null if it is none. */
export function readLogFields(line: string): LogFields | null {
  const start = START.exec(line.slice(0, MAX_PREFIX));
  if (!start) return null;
  const at = start.index + start[0].length;
  const stamp = STAMP.exec(line.slice(0, at))?.[0];
  const outer = stamp === undefined ? null : parseTimestamp(stamp);
  const found = line[at] === '{' ? readJson(line.slice(at)) : readText(line.slice(at));
  return found && { ...found, time: found.time ?? outer };
}

function readText(text: string): LogFields | null {
  const fields = new Map<string, string>();
  for (const [, key, quoted, bare] of text.matchAll(PAIR)) {
    if (!fields.has(key!)) fields.set(key!, quoted === undefined ? bare! : unescape(quoted));
  }
  return fromFields(fields);
}

/** A line of the JSON format, or Docker's, CRI's or a shipper's record with the line in `log` or `message`. */
function readJson(text: string): LogFields | null {
  let value: unknown;
  try {
    value = JSON.parse(text.slice(0, text.lastIndexOf('}') + 1));
  } catch {
    return null;
  }
  if (textAt(value, 'level') !== null && textAt(value, 'msg') !== null)
    return fromFields(new Map(textEntries(value)));
  const inner = textAt(value, 'log') ?? textAt(value, 'message');
  if (inner === null || valueAt(value, 'log', 'log') !== undefined) return null;
  const start = START.exec(inner.slice(0, MAX_PREFIX));
  if (!start) return null;
  const found = readText(inner.slice(start.index + start[0].length));
  const outer = parseTimestamp(textAt(value, 'time') ?? textAt(value, '@timestamp') ?? '');
  return found && { ...found, time: found.time ?? outer };
}

function fromFields(fields: Map<string, string>): LogFields | null {
  const level = fields.get('level');
  const message = fields.get('msg');
  if (level === undefined || message === undefined) return null;
  return { time: parseTimestamp(fields.get('time') ?? ''), level, message, fields };
}

function unescape(text: string): string {
  return text.replace(/\\(["\\nt])/g, (_, char: string) =>
    char === 'n' ? '\n' : char === 't' ? '\t' : char,
  );
}
