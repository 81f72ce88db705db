import { isoTime, type Value, type ValueType } from '../packs/value.js';
import type { PageColumn, TypeSignature } from './result-page.js';

/** Lists of lists of lists go no deeper than this; what is deeper is given as JSON. */
const DEEPEST = 16;

/** What formats need to know of a column. */
export function columnType({ type }: PageColumn): ValueType {
  if (/^(tinyint|smallint|integer|bigint|real|double|decimal)\b/.test(type)) return 'number';
  if (/^timestamp\b/.test(type)) return 'time';
  if (type === 'boolean') return 'boolean';
  if (/^array\b/.test(type)) return 'list';
  return /^(varchar|char)\b/.test(type) ? 'text' : 'other';
}

/** Turns one value of a column from Trino's JSON into what DuckDB's would be. */
export function valueReader(column: PageColumn): (value: unknown) => Value {
  const signature = column.typeSignature ?? { rawType: column.type.split('(', 1)[0]! };
  return (value) => plain(value, signature, 0);
}

function plain(value: unknown, signature: TypeSignature | undefined, depth: number): Value {
  if (value === null || value === undefined) return null;
  if (depth > DEEPEST || signature === undefined) return otherText(value);
  switch (signature.rawType) {
    case 'tinyint':
    case 'smallint':
    case 'integer':
    case 'bigint':
      return wholeNumber(value);
    case 'decimal':
      return decimalNumber(value);
    case 'timestamp':
      return typeof value === 'string' ? timestamp(value) : otherText(value);
    case 'array':
      return Array.isArray(value)
        ? value.map((item) => plain(item, argument(signature, 0), depth + 1))
        : otherText(value);
    case 'map':
      return isObject(value) ? mapEntries(value, argument(signature, 1), depth) : otherText(value);
    case 'row':
      return Array.isArray(value) ? fields(value, signature, depth) : otherText(value);
    default:
      return typeof value === 'number' || typeof value === 'boolean' ? value : otherText(value);
  }
}

function wholeNumber(value: unknown): Value {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : otherText(value);
}

/** As text where its digits are more than a JS number holds. */
function decimalNumber(value: unknown): Value {
  const text = otherText(value);
  return /^-?[\d.]+$/.test(text) && Number.isSafeInteger(Number(text.replace('.', ''))) ? Number(text) : text;
}

/** `2026-01-02 03:04:05.123456789`, which is UTC, as ISO 8601. */
function timestamp(text: string): Value {
  const match = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,9})\d{0,3})?$/.exec(text);
  const millis = match ? Date.parse(`${match[1]}T${match[2]}Z`) : Number.NaN;
  if (Number.isNaN(millis)) return text;
  return isoTime(BigInt(millis) * 1_000_000n + BigInt((match![3] ?? '').padEnd(9, '0')));
}

function mapEntries(value: object, type: TypeSignature | undefined, depth: number): Value {
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item, type, depth + 1)]));
}

function fields(values: unknown[], signature: TypeSignature, depth: number): Value {
  return Object.fromEntries(
    values.map((value, i) => {
      const field = signature.arguments?.[i]?.value as
        { fieldName?: { name?: unknown }; typeSignature?: TypeSignature } | undefined;
      const name = field?.fieldName?.name;
      return [typeof name === 'string' ? name : `field${i}`, plain(value, field?.typeSignature, depth + 1)];
    }),
  );
}

function argument(signature: TypeSignature, place: number): TypeSignature | undefined {
  return signature.arguments?.[place]?.value as TypeSignature | undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function otherText(value: unknown): string {
  if (typeof value === 'string') return value;
  try {
    return JSON.stringify(value);
  } catch {
    return '(nested too deeply)'; // lists of lists without an end are read, but not written
  }
}
