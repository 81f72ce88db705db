import { describe, expect, it } from 'vitest';
import { isoTime } from '../../src/packs/value.js';
import { readStatements } from '../../src/packs/typed-statements.js';
import { Database } from '../../src/store/database.js';

async function valueOf(expression: string): Promise<unknown> {
  const database = await Database.open(':memory:');
  try {
    const { results } = await readStatements(database, `select ${expression} as x`);
    for await (const { rows } of results) for await (const chunk of rows) return chunk[0]![0];
    return undefined;
  } finally {
    database.close();
  }
}

describe('a value of a result', () => {
  it.each([
    ['count(*)', 1],
    ['9007199254740993::bigint', '9007199254740993'],
    ['-170141183460469231731687303715884105727::hugeint', '-170141183460469231731687303715884105727'],
    ['1.25::decimal(38, 2)', 1.25],
    ["'nan'::double", 'NaN'],
    ['true', true],
    ['null', null],
    ['[1.5, null, 3]', [1.5, null, 3]],
    ["{'a': 1, 'b': ['x']}", { a: 1, b: ['x'] }],
    ["map {'a': 1}", { a: 1 }],
    ["'\\xAB'::blob", 'ab'],
    ["'2026-01-02T03:04:05.123456789'::timestamp_ns", '2026-01-02T03:04:05.123456789Z'],
    ["'2026-01-02T03:04:05.12'::timestamp", '2026-01-02T03:04:05.120Z'],
    ["'1969-12-31T23:59:59.999999999'::timestamp_ns", '1969-12-31T23:59:59.999999999Z'],
    ["'2026-01-02'::date", '2026-01-02'],
    ["interval '90 seconds'", '00:01:30'],
  ])('%s is %j', async (expression, value) => {
    expect(await valueOf(expression)).toEqual(value);
  });

  it('has a fraction of thousands only where there is one', () => {
    expect(isoTime(1_000_000_000n)).toBe('1970-01-01T00:00:01Z');
    expect(isoTime(1_000_000_010n)).toBe('1970-01-01T00:00:01.000000010Z');
  });
});
