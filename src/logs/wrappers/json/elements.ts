import { isRecord, type JsonRecord } from './record.js';

/** Makes records of an element of a JSON document: itself, or the rows it stands for. */
export function recordsOf(element: unknown): JsonRecord[] {
  if (Array.isArray(element)) {
    // aws logs get-query-results: one row is an array of fields and values.
    const fields = element.filter(isRecord).map(({ field, value }) => [String(field), value]);
    return fields.length > 0 ? [Object.fromEntries(fields) as JsonRecord] : [];
  }
  if (!isRecord(element)) return [];
  // Loki's API: a stream with its labels, and its lines with nanoseconds.
  if (!isRecord(element.stream) || !Array.isArray(element.values)) return [element];
  const labels = element.stream;
  return element.values
    .filter((row): row is [unknown, unknown] => Array.isArray(row))
    .map(([timestamp, line]) => ({ timestamp, line, labels }));
}
