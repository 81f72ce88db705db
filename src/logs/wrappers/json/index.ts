import type { LogLine } from '../../log-line.js';
import type { Wrapper } from '../wrapper.js';
import { beats } from './beats.js';
import { cloudwatch } from './cloudwatch.js';
import { corednsJson } from './coredns.js';
import { fluent } from './fluent.js';
import { googleCloud } from './google-cloud.js';
import { journaldJson } from './journald.js';
import { lokiJsonl } from './loki.js';
import { plainMessage } from './plain-message.js';
import { isRecord, type JsonShape, memberOf } from './record.js';
import { sternJson } from './stern.js';
import { vector } from './vector.js';

/** Forms of JSON records, the more particular first. */
const JSON_SHAPES: readonly JsonShape[] = [
  fluent,
  vector,
  beats,
  lokiJsonl,
  cloudwatch,
  sternJson,
  googleCloud,
  journaldJson,
  corednsJson,
  plainMessage,
];

/** One JSON object a line, as log shippers write them. */
export const jsonRecord: Wrapper = {
  name: 'JSON lines',
  beginsWith: '{',
  unwrap(line: LogLine): boolean {
    const last = line.bytes[line.end - 1];
    if (last !== 125 && last !== 44 && last !== 32) return false;
    return takeRecord(parseJson(line.text(line.end - line.start)), line);
  },
};

/** Moves the line to what a record holds, as it is or as a hit of an Elasticsearch search; false if it is a record of no known form. */
export function takeRecord(record: unknown, line: LogLine): boolean {
  if (!isRecord(record)) return false;
  const hit = memberOf(record, '_source');
  const held = isRecord(hit) ? hit : record;
  return JSON_SHAPES.some((shape) => shape.take(held, line));
}

/** The value of a JSON text (a comma may follow, as in arrays written a row a line), or null. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.trimEnd().replace(/,$/, ''));
  } catch {
    return null;
  }
}
