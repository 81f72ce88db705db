import type { DuckDBType, DuckDBValue } from '@duckdb/node-api';
import { duckdbApi } from '../store/duckdb-api.js';

const {
  DuckDBArrayValue,
  DuckDBBlobValue,
  DuckDBDecimalValue,
  DuckDBListValue,
  DuckDBMapValue,
  DuckDBStructValue,
  DuckDBTimestampMillisecondsValue,
  DuckDBTimestampNanosecondsValue,
  DuckDBTimestampSecondsValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  DuckDBTypeId,
} = duckdbApi;

/** A value of a result as JSON can hold it: times as ISO 8601 in UTC, integers past 2^53 as text. */
export type Value = string | number | boolean | null | Value[] | { [key: string]: Value };

/** What formats need to know of a column's type. */
export type ValueType = 'number' | 'time' | 'boolean' | 'text' | 'list' | 'other';

export function valueType(type: DuckDBType): ValueType {
  const name = DuckDBTypeId[type.typeId]!;
  if (/INT|^FLOAT$|^DOUBLE$|^DECIMAL$/.test(name) && name !== 'INTERVAL') return 'number';
  if (name.startsWith('TIMESTAMP')) return 'time';
  if (name === 'BOOLEAN') return 'boolean';
  if (name === 'LIST' || name === 'ARRAY') return 'list';
  return name === 'VARCHAR' || name === 'ENUM' ? 'text' : 'other';
}

export function plainValue(value: DuckDBValue): Value {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'bigint') return plainInteger(value);
  if (value instanceof DuckDBDecimalValue) {
    return typeof plainInteger(value.value) === 'number' ? value.toDouble() : value.toString();
  }
  if (value instanceof DuckDBListValue || value instanceof DuckDBArrayValue)
    return value.items.map(plainValue);
  if (value instanceof DuckDBStructValue) {
    return Object.fromEntries(Object.entries(value.entries).map(([key, item]) => [key, plainValue(item)]));
  }
  if (value instanceof DuckDBMapValue) {
    return Object.fromEntries(value.entries.map(({ key, value: item }) => [String(key), plainValue(item)]));
  }
  if (value instanceof DuckDBBlobValue) return Buffer.from(value.bytes).toString('hex');
  const nanos = epochNanos(value);
  return nanos === null ? String(value) : isoTime(nanos);
}

function plainInteger(value: bigint): number | string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value.toString();
}

function epochNanos(value: DuckDBValue): bigint | null {
  if (value instanceof DuckDBTimestampNanosecondsValue) return value.nanos;
  if (value instanceof DuckDBTimestampValue) return value.micros * 1000n;
  if (value instanceof DuckDBTimestampTZValue) return value.micros * 1000n;
  if (value instanceof DuckDBTimestampMillisecondsValue) return value.millis * 1_000_000n;
  if (value instanceof DuckDBTimestampSecondsValue) return value.seconds * 1_000_000_000n;
  return null;
}

/** Nanoseconds since 1970 as `2026-01-02T03:04:05.123456Z`: milli-, micro- or nanoseconds, as many as it has. */
export function isoTime(nanos: bigint): string {
  const billion = 1_000_000_000n;
  const fraction = ((nanos % billion) + billion) % billion;
  const date = new Date(Number((nanos - fraction) / 1_000_000n));
  if (Number.isNaN(date.getTime())) return nanos > 0n ? 'infinity' : '-infinity';
  const digits = fraction
    .toString()
    .padStart(9, '0')
    .replace(/(?:000){1,3}$/, '');
  return date.toISOString().replace(/\.\d+Z$/, digits === '' ? 'Z' : `.${digits}Z`);
}
