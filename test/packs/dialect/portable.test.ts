import { describe, expect, it } from 'vitest';
import { FUNCTIONS } from '../../../src/packs/dialect/functions.js';
import { doubts } from '../../../src/packs/dialect/portable.js';

const found = (sql: string) => doubts(sql).map(({ what }) => what);

describe('what keeps a query from both engines', () => {
  it.each([
    ['select a from t qualify row_number() over () = 1', 'uses QUALIFY'],
    ['select * from a asof join b on true', 'uses an ASOF join'],
    [
      'select count(*) filter (where a) over (partition by b) from t',
      'uses FILTER of a window; write sum(case when ... then 1 else 0 end) over (...)',
    ],
    ['select a, count(*) from t group by all', 'uses GROUP BY ALL or ORDER BY ALL'],
    ['select * exclude (a) from t', 'uses SELECT * EXCLUDE'],
    ['select * replace (a as b) from t', 'uses SELECT * REPLACE'],
    ['from t', 'uses FROM before SELECT'],
    ['select [x for x in l]', 'uses a list or subscript in brackets'],
    ['select l[1]', 'uses a list or subscript in brackets'],
    ["select {'a': 1}", 'uses a struct literal'],
    ['select arg_max(a, b)', 'calls arg_max(), which is not among the functions of packs'],
    ['select epoch_ms(a)', 'calls epoch_ms(), which is not among the functions of packs'],
    ['select a::double', 'casts by :: what is no parameter; write cast(... as ...)'],
    ['select cast(a as uinteger)', 'casts to uinteger, which not both know by that name'],
    ["select interval '10 seconds'", "uses an interval that is not like interval '10' second"],
    ['select 7 // 2', 'uses whole division (//)'],
    [
      'select approx_percentile(a, 0.5) filter (where b)',
      'filters approx_percentile by FILTER; use case when inside it',
    ],
  ])('in %s is that it %s', (sql, what) => {
    expect(found(sql)).toContain(what);
  });

  it.each([
    "select 'qualify [1]', \"asof\" -- {'a': 1}",
    "select array['a'], cast(a as decimal(18, 2)), interval '10' second from t where $a::varchar is null",
    'with x(a, b) as (values (1, 2)) select r.exclude, count(*) filter (where a in (1)) from x as r(a, b)',
    'select s.b from t cross join unnest(l) with ordinality as s(b, c)',
  ])('is not there in %s', (sql) => {
    expect(found(sql)).toEqual([]);
  });

  it('says the line', () => {
    expect(doubts('select 1\nfrom t\nqualify true')[0]).toEqual({ what: 'uses QUALIFY', line: 3 });
  });

  it('is not there in the example of any function', () => {
    expect(Object.values(FUNCTIONS).flatMap(({ example }) => found(`select ${example}`))).toEqual([]);
  });
});
