import { describe, expect, it } from 'vitest';
import { parsePage } from '../../src/trino/result-page.js';
import { columnType, valueReader } from '../../src/trino/value.js';

const read = (type: string, value: unknown, typeSignature?: unknown) => {
  const json = JSON.stringify({ id: 'q', columns: [{ name: 'c', type, typeSignature }], data: [[value]] });
  const page = parsePage(json)!;
  return valueReader(page.columns![0]!)(page.rows[0]![0]);
};

const list = {
  rawType: 'array',
  arguments: [{ kind: 'TYPE', value: { rawType: 'timestamp', arguments: [] } }],
};
const row = {
  rawType: 'row',
  arguments: [
    { kind: 'NAMED_TYPE', value: { fieldName: { name: 'a' }, typeSignature: { rawType: 'bigint' } } },
  ],
};

describe("a value of Trino's", () => {
  it.each([
    ['timestamp(9)', '2026-01-02 03:04:05.123456789', '2026-01-02T03:04:05.123456789Z'],
    ['timestamp(3)', '2026-01-02 03:04:05.120', '2026-01-02T03:04:05.120Z'],
    ['timestamp(0)', '2026-01-02 03:04:05', '2026-01-02T03:04:05Z'],
    ['decimal(12, 2)', '1.50', 1.5],
    ['decimal(38, 2)', '123456789012345678.50', '123456789012345678.50'],
    ['double', 'NaN', 'NaN'],
    ['double', 0.1, 0.1],
    ['boolean', false, false],
    ['varchar', 'é', 'é'],
    ['date', '2026-01-02', '2026-01-02'],
    ['bigint', null, null],
  ])('of %s %j is %j', (type, given, expected) => {
    expect(read(type, given)).toEqual(expected);
  });

  it('keeps whole numbers past 2^53 as text, and texts and fractions that look like them', () => {
    const page = parsePage(
      '{"id":"q","data":[[9007199254740993, -12345678901234567, "a\\"9007199254740993", 0.12345678901234561]]}',
    );
    expect(page!.rows[0]).toEqual([
      '9007199254740993',
      '-12345678901234567',
      'a"9007199254740993',
      Number('0.12345678901234561'),
    ]);
    expect(valueReader({ name: 'c', type: 'bigint' })('9007199254740993')).toBe('9007199254740993');
    expect(valueReader({ name: 'c', type: 'bigint' })(7)).toBe(7);
  });

  it('goes into lists and rows', () => {
    expect(read('array(timestamp(9))', ['2026-01-02 03:04:05.000000001'], list)).toEqual([
      '2026-01-02T03:04:05.000000001Z',
    ]);
    expect(read('row(a bigint)', [1], row)).toEqual({ a: 1 });
  });

  it('is text where it is not what its type says', () => {
    expect(read('array(bigint)', { a: 1 }, list)).toBe('{"a":1}');
    expect(read('timestamp(9)', 'soon')).toBe('soon');
  });

  it('has a type that formats know', () => {
    const types = [
      'decimal(1,0)',
      'timestamp(9)',
      'array(varchar)',
      'varchar(3)',
      'boolean',
      'map(varchar, bigint)',
    ];
    expect(types.map((type) => columnType({ name: 'c', type }))).toEqual([
      'number',
      'time',
      'list',
      'text',
      'boolean',
      'other',
    ]);
  });
});

describe('an answer', () => {
  it.each([
    '',
    '[]',
    '{}',
    '{"id": 1}',
    '<html>',
    '{"id":"q","columns":[{"name":1,"type":"x"}]}',
    '{"id":"q","data":[1]}',
  ])('is none of Trino’s: %s', (text) => {
    expect(parsePage(text)).toBeNull();
  });
});
