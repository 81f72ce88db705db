import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Node, needsOf } from '../../src/models/needs.js';
import { Database } from '../../src/store/database.js';
import { textLiteral } from '../../src/base/sql-text.js';

const AGGREGATES = new Set(['count', 'count_star', 'max']);

let database: Database;
beforeAll(async () => {
  database = await Database.open(':memory:');
});
afterAll(() => database.close());

async function needs(sql: string): Promise<string[]> {
  const [row] = await database.rows<{ tree: string }>(
    `select json_serialize_sql(${textLiteral(sql)})::VARCHAR as tree`,
  );
  const { statements } = JSON.parse(row!.tree) as { statements: { node: Node }[] };
  return [...needsOf(statements[0]!.node, AGGREGATES)].sort();
}

describe('what a select needs to give a row', () => {
  it.each([
    ['a table, by its name as it is written', 'select x from work.a', ['work.a']],
    [
      'both sides of an inner, a semi and an asof join',
      'select 1 from a join b using (x) semi join c using (x) asof join d on a.x >= d.x',
      ['a', 'b', 'c', 'd'],
    ],
    [
      'the left side of a left and of an anti join',
      'select 1 from a left join b using (x) anti join c using (x)',
      ['a'],
    ],
    ['the right side of a right join', 'select 1 from a right join b using (x)', ['b']],
    ['neither side of a full join', 'select 1 from a full join b using (x)', []],
    ['all sides of a cross join', 'select 1 from a, b cross join c', ['a', 'b', 'c']],
    ['what all parts of a union need', 'select 1 from a, b union all select 2 from b, c', ['b']],
    [
      'the left of an except, and both of an intersect',
      '(select x from a except select x from b) intersect select x from c',
      ['a', 'c'],
    ],
    [
      'what a query in from and a CTE need',
      'with q as (select x from a), r as (select x from q, b) select 1 from (select x from r), c',
      ['a', 'b', 'c'],
    ],
    [
      'what a condition looks for',
      'select 1 from a where x in (select x from b) and exists (select 1 from c)',
      ['a', 'b', 'c'],
    ],
    [
      'nothing that a condition excludes or may do without',
      'select 1 from a where x not in (select x from b) and not exists (select 1 from c) and (y or x in (select x from d))',
      ['a'],
    ],
    ['nothing for an aggregate without groups', 'select count(*) from a', []],
    ['nothing for a group of everything', 'select max(x) from a group by all', []],
    ['its table for groups', 'select x, count(*) from a group by x', ['a']],
    ['its table for groups by all', 'select x, count(*) as n from a group by all', ['a']],
    ['nothing for a set of no groups', 'select x, count(*) from a group by rollup (x)', []],
    ['nothing for what aggregates in having alone', 'select 1 from a having count(*) = 0', []],
    ['its table beside an aggregate of another query', 'select (select count(*) from b) as n from a', ['a']],
    ['nothing for a function that makes rows', 'select 1 from range(3)', []],
  ] as const)('is %s', async (_, sql, tables) => {
    expect(await needs(sql)).toEqual(tables);
  });
});
