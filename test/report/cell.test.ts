import { expect, it } from 'vitest';
import { cellText } from '../../src/report/cell.js';
import type { Value, ValueType } from '../../src/packs/value.js';

function shown(name: string, value: Value, type: ValueType = 'number'): string {
  return cellText(value, { name, type, about: null });
}

it.each<[string, Value, string]>([
  ['queries', 1234567, '1,234,567'],
  ['factor', 5.25, '5.25'],
  ['rate', 1234.56, '1,234.6'],
  ['waited_seconds', 5.00512, '5.005 s'],
  ['seconds', 0.0412, '41.2 ms'],
  ['apart_seconds', 0.000089, '0.0890 ms'],
  ['gap_seconds', 0, '0 s'],
  ['wasted_share', 0.8312, '83.1 %'],
  ['bytes', 512, '512 B'],
  ['response_bytes', 1234567, '1.23 MB'],
  ['response_bytes', 999_949, '1.00 MB'],
  ['response_bytes', 999_499, '999 kB'],
  ['response_bytes', 1.5e15, '1,500 TB'],
  ['client_port', 53124, '53124'],
  ['frame', 12345, '12345'],
  ['n', null, ''],
])('%s of %j reads %j', (name, value, text) => {
  expect(shown(name, value)).toBe(text);
});

it('shows a list item by item', () => {
  expect(shown('gaps_seconds', [5.001, 5.002], 'list')).toBe('5.001 s, 5.002 s');
});

it('shows a time to the millisecond in UTC', () => {
  expect(shown('at', '2026-01-02T03:04:05.123456789Z', 'time')).toBe('2026-01-02 03:04:05.123Z');
  expect(shown('at', '2026-01-02T03:04:05Z', 'time')).toBe('2026-01-02 03:04:05Z');
});

it('shows no unprintable character of a text', () => {
  expect(shown('name', 'a\u001b]0;x\u0007', 'text')).toBe('a\\x1b]0;x\\x07');
});
