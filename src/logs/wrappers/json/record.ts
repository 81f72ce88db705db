import type { LogLine } from '../../log-line.js';

/** A JSON object with members of any kind. */
export type JsonRecord = Readonly<Record<string, unknown>>;

/** A form of JSON record that holds a log line. */
export interface JsonShape {
  readonly name: string;
  /** Moves the line to what the record holds; false, and nothing changed, if it is of another form. */
  take(record: JsonRecord, line: LogLine): boolean;
}

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A member by its name, for names that no identifier should have. */
export function memberOf(record: JsonRecord, name: string): unknown {
  return record[name];
}

/** The text at a path of members, one of which may itself be written with dots (`kubernetes.pod.name`), or ''. */
export function textAt(record: JsonRecord, ...path: string[]): string {
  const flat = record[path.join('.')];
  if (typeof flat === 'string') return flat;
  let value: unknown = record;
  for (const member of path) {
    if (!isRecord(value) || !Object.hasOwn(value, member)) return '';
    value = value[member];
  }
  return typeof value === 'string' ? value : '';
}

/** The first of some texts that is not empty, or ''. */
export function firstOf(...texts: string[]): string {
  return texts.find((text) => text !== '') ?? '';
}

/** Names a stream as `kubectl logs --prefix` does: pod, and container where it is known. */
export function streamName(pod: string, container: string): string {
  return pod !== '' && container !== '' ? `${pod}/${container}` : firstOf(pod, container);
}
