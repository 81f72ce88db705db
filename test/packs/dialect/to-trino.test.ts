import { describe, expect, it } from 'vitest';
import { trinoLiteral } from '../../../src/packs/dialect/literal.js';
import { toTrino } from '../../../src/packs/dialect/to-trino.js';

const given: Record<string, string | null> = {
  top: '20',
  name: "o'hara",
  since: null,
  span: '1 day 00:00:01.5',
};
const trino = (sql: string) => toTrino(sql, (name, type, bare) => trinoLiteral(given[name]!, type, bare));

describe('a query for Trino', () => {
  it.each([
    // parameters
    ['$name::varchar', "cast('o''hara' as varchar)"],
    ['$since::timestamp_ns is null', 'cast(null as timestamp(9)) is null'],
    ['t + $span::interval', "t + interval '86401.500' second"],
    ['limit $top::bigint', 'limit 20'],
    ['limit $since::bigint', 'limit all'],
    // division: whole numbers give fractions
    ['a / b', 'a * 1e0 / b'],
    ['(a)/(b + 1)/2', '(a)* 1e0 /(b + 1)* 1e0 /2'],
    // types
    ['cast(a as timestamp)', 'cast(a as timestamp(6))'],
    [
      'cast(a as decimal(12, 2))',
      "cast(cast(round((a) * 1e2) as decimal(12, 0)) * decimal '0.01' as decimal(12, 2))",
    ],
    // functions
    ['min_by(a, b)', 'min_by(a, b) filter (where (a) is not null)'],
    ['max_by(a, b) filter (where c)', 'max_by(a, b) filter (where (a) is not null and (c))'],
    [
      "counted(count(*), 'pair', 'pairs')",
      "(format('%,d', cast(count(*) as bigint)) || ' ' || case when count(*) = 1 then 'pair' else 'pairs' end)",
    ],
    ["ends_with(a, '.' || b)", "starts_with(reverse(a), reverse('.' || b))"],
    ['greatest(a, b)', 'coalesce(greatest(a, b), a, b)'],
    ["date_diff('hour', a, b)", "date_diff('hour', date_trunc('hour', a), date_trunc('hour', b))"],
    ["date_diff('millisecond', a, b)", "date_diff('millisecond', a, b)"],
    [
      'least(date_trunc(a / 2), 1, 2)',
      'array_min(filter(array[date_trunc(a * 1e0 / 2), 1, 2], v -> v is not null))',
    ],
    // names
    ['select 1 from main.lookups;', 'select 1 from lookups'],
    ['\'a / $top\' -- limit $top\n"b / c"', '\'a / $top\' -- limit $top\n"b / c"'],
  ])('writes %s as %s', (sql, expected) => {
    expect(trino(sql)).toBe(expected);
  });

  it('keeps its lines, so that places in messages hold', () => {
    const sql = 'select\n  a / -- half\n  b,\n  min_by(x, y)\nfrom t';
    expect(trino(sql).split('\n')).toHaveLength(5);
  });
});

describe('a literal', () => {
  it('refuses what Trino has no plain number or span for', () => {
    expect(() => trinoLiteral('2 months', 'interval', false)).toThrow('write it in days');
    expect(() => trinoLiteral('1; drop', 'bigint', true)).toThrow('write a whole number');
  });

  it('has milliseconds of a negative span', () => {
    expect(trinoLiteral('-00:00:00.25', 'interval', false)).toBe("interval -'0.250' second");
  });
});
