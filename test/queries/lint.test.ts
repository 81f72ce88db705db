import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildModels } from '../../src/build/build.js';
import { loadCatalog } from '../../src/packs/load.js';
import { parseQuery } from '../../src/packs/query.js';
import { Database } from '../../src/store/database.js';
import { lintQuery } from '../support/lint-query.js';

const catalog = loadCatalog();

let database: Database;
beforeAll(async () => {
  database = await Database.open(':memory:');
  await buildModels(database);
});
afterAll(() => database.close());

describe('bundled queries', () => {
  for (const query of catalog.queries) {
    it(`${query.id} is as a query must be`, async () => {
      expect(await lintQuery(database, query)).toEqual([]);
    });
  }
});

describe('the lint', () => {
  const lint = (sql: string, ...extra: string[]) => {
    const yaml = ['title: T', 'description: One row per number.', 'kind: table', 'columns: {n: a number}', ...extra];
    const source = ['-- ---', ...yaml.map((line) => `-- ${line}`), '-- ---', sql].join('\n');
    return lintQuery(database, parseQuery(source, 'p/q', 'p/q.sql'));
  };

  it('passes a query that is as it must be', async () => {
    expect(await lint("select count(*) as n from lookups where $client::varchar is null -- qualify 'asof")).toEqual([]);
  });

  it.each([
    ['select 1 as m', 'gives m and declares n'],
    ['select 1 as n; select 2 as n', 'has 2 statements'],
    ['select count(*) as n from raw.sightings', 'reads raw.sightings, which is not for packs'],
    ['select $top::bigint as n', 'uses $top, which it does not declare'],
    ['select 1 as n where $client is null', 'does not cast $client'],
    ['select 1 as n where $since::varchar is null', 'casts $since to varchar though it is a time'],
    ['from (select 1 as n)', 'uses FROM before SELECT'],
    ['select n from (select 1 as n) qualify row_number() over () = 1', 'uses QUALIFY'],
    ['create table x as select 1 as n', 'is no select statement'],
    [
      "select count(*) as n from lookups where name like '%.' || outcome",
      'builds a pattern of LIKE; compare by starts_with, ends_with or strpos',
    ],
    [
      'select count(*) as n from lookups where name like outcome',
      'builds a pattern of LIKE; compare by starts_with, ends_with or strpos',
    ],
    ['select arg_max(steps, queries) as n from lookups', 'calls arg_max(), which is not among the functions of packs'],
  ])('finds that %s %s', async (sql, sentence) => {
    expect(await lint(sql)).toContain(sentence);
  });

  it.each([
    ['narrow: [n, m]', 'keeps m, which is no column'],
    ['params: {top: {type: integer, default: 1, description: d}}', 'does not use its parameter top'],
    ['requires: [lookupz]', 'requires lookupz, which is no table'],
    ['chart: {mark: bar, x: n, y: z}', 'charts z, which is no column'],
  ])('finds that %s %s', async (line, sentence) => {
    expect(await lint('select 1 as n', line)).toContain(sentence);
  });
});
