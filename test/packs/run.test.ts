import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkParams, splitParams } from '../../src/packs/params.js';
import { parseQuery, type Query } from '../../src/packs/query.js';
import type { Result } from '../../src/packs/result.js';
import { NO_FILTERS } from '../../src/packs/filters.js';
import { runQuery } from '../../src/packs/run.js';
import { Database } from '../../src/store/database.js';

let database: Database;
beforeAll(async () => {
  database = await Database.open(':memory:');
  await database.run('create table some_rows as select i from range(5000) t(i)');
  await database.run('create table no_rows (i integer)');
});
afterAll(() => database.close());

function query(sql: string, ...extra: string[]): Query {
  const yaml = ['title: T', 'description: D', 'kind: table', 'columns: {n: a number}', ...extra];
  return parseQuery(
    ['-- ---', ...yaml.map((line) => `-- ${line}`), '-- ---', sql].join('\n'),
    'p/q',
    'p/q.sql',
  );
}

async function rowsOf(result: Result): Promise<unknown[][]> {
  const all: unknown[][] = [];
  for await (const rows of result.rows) all.push(...rows);
  return all;
}

const TOP = 'params: {top: {type: integer, default: 2, description: rows}}';
const TOP_SQL = 'select i as n from some_rows order by i limit $top::integer';

describe('running a query', () => {
  it("takes a parameter's default, or the value given", async () => {
    const top = query(TOP_SQL, TOP);
    expect(await rowsOf(await runQuery(database, top))).toEqual([[0], [1]]);
    expect(
      await rowsOf(await runQuery(database, top, { params: { top: '1' }, filters: NO_FILTERS })),
    ).toEqual([[0]]);
  });

  it('gives the filters as NULL where they are not asked for', async () => {
    const filtered = query(
      'select $since::timestamp_ns is null as a, $client::varchar as b, $client::varchar as c',
    );
    expect(await rowsOf(await runQuery(database, filtered))).toEqual([[true, null, null]]);
    const filters = { since: '2026-01-01', until: null, client: { name: 'web', addresses: ['10.0.0.1'] } };
    expect(await rowsOf(await runQuery(database, filtered, { params: {}, filters }))).toEqual([
      [false, '10.0.0.1', '10.0.0.1'],
    ]);
  });

  it('describes its columns', async () => {
    const { columns } = await runQuery(database, query("select 1 as n, 'x' as t, now() as at"));
    expect(columns).toEqual([
      { name: 'n', type: 'number', about: 'a number' },
      { name: 't', type: 'text', about: null },
      { name: 'at', type: 'time', about: null },
    ]);
  });

  it('streams rows in chunks', async () => {
    const sizes: number[] = [];
    const result = await runQuery(database, query('select i as n from some_rows'));
    for await (const rows of result.rows) sizes.push(rows.length);
    expect(sizes.length).toBeGreaterThan(1);
    expect(sizes.reduce((a, b) => a + b)).toBe(5000);
  });

  it('does not run where a required table has no rows or is not there', async () => {
    const needy = query('select nonsense', 'requires: [some_rows, no_rows, no_table]');
    const result = await runQuery(database, needy);
    expect(result.missing).toEqual(['no_rows', 'no_table']);
    expect(await rowsOf(result)).toEqual([]);
  });

  it('names the file of a query that DuckDB refuses', async () => {
    await expect(runQuery(database, query('select nonsense'))).rejects.toThrow(/^p\/q\.sql: /);
  });
});

describe('parameters', () => {
  it('are split at the first equals sign', () => {
    expect(splitParams(['a=b=c', 'd='])).toEqual({ a: 'b=c', d: '' });
    expect(() => splitParams(['top'])).toThrow('--param top has no value; write --param NAME=VALUE');
  });

  it('must be declared', async () => {
    await expect(checkParams(database, [query(TOP_SQL, TOP)], { topp: '1' })).rejects.toThrow(
      '--param topp is no parameter of p/q; did you mean "top"?',
    );
  });

  it('must have a value of their type', async () => {
    await expect(checkParams(database, [query(TOP_SQL, TOP)], { top: 'many' })).rejects.toThrow(
      '--param top=many must be a whole number such as 20',
    );
    await checkParams(database, [query(TOP_SQL, TOP)], { top: '12' });
  });
});
