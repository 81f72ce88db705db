import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { NO_FILTERS } from '../../src/packs/filters.js';
import { parseQuery } from '../../src/packs/query.js';
import type { Value } from '../../src/packs/value.js';
import { Database } from '../../src/store/database.js';
import { TrinoEngine } from '../../src/trino/trino-engine.js';
import { type Answer, fakeTrino } from './fake-trino.js';

let scratch: Database;
beforeAll(async () => {
  scratch = await Database.plain(':memory:');
});
afterAll(() => scratch.close());

let fake: Awaited<ReturnType<typeof fakeTrino>>;
afterEach(() => fake.close());

async function engineOf(...answers: Answer[]): Promise<TrinoEngine> {
  fake = await fakeTrino(...answers);
  return new TrinoEngine(fake.connection, scratch);
}

function query(sql: string, ...extra: string[]) {
  const yaml = ['title: T', 'description: One row.', 'kind: table', 'columns: {n: a number}', ...extra];
  return parseQuery(
    ['-- ---', ...yaml.map((line) => `-- ${line}`), '-- ---', sql].join('\n'),
    'p/q',
    'p/q.sql',
  );
}

async function ask(engine: TrinoEngine, asked = query('select 1 as n'), params = {}): Promise<Value[][]> {
  const result = await engine.run(asked, { params, filters: NO_FILTERS });
  const rows: Value[][] = [];
  for await (const chunk of result.rows) rows.push(...chunk);
  return rows;
}

const columns = [{ name: 'n', type: 'bigint' }];

describe('a query on Trino', () => {
  it('follows the pages until there is none, and gives all rows', async () => {
    const engine = await engineOf(
      { nextUri: true, stats: { state: 'QUEUED' } },
      { nextUri: true, columns, data: [[1]] },
      { nextUri: true, columns },
      { data: [[2]] },
    );
    expect(await ask(engine)).toEqual([[1], [2]]);
    expect(fake.seen.map(({ method }) => method)).toEqual(['POST', 'GET', 'GET', 'GET']);
  });

  it('gives no part of the rows for all once it is cancelled', async () => {
    const engine = await engineOf({ nextUri: true, columns, data: [[1]] });
    const { rows } = await engine.run(query('select 1 as n'), { params: {}, filters: NO_FILTERS });
    const reading = (async () => {
      for await (const _ of rows) await engine.cancel();
    })();
    await expect(reading).rejects.toThrow('interrupted');
    await expect(ask(engine)).rejects.toThrow('interrupted');
    expect(fake.seen.map(({ method }) => method)).toEqual(['POST', 'DELETE']);
  });

  it('asks for exact times, in the catalog, schema and name of the address', async () => {
    await ask(await engineOf({ columns }));
    expect(fake.seen[0]!.headers).toMatchObject({
      'x-trino-client-capabilities': 'PARAMETRIC_DATETIME',
      'x-trino-catalog': 'hive',
      'x-trino-schema': 'dnslens',
      'x-trino-user': 'me',
    });
  });

  it('sends parameters as literals, as DuckDB reads them', async () => {
    const top = query(
      'select $top::bigint as n',
      'params: {top: {type: integer, default: 5, description: d}}',
    );
    await ask(await engineOf({ columns }), top, { top: '1e3' });
    expect(fake.seen[0]!.body).toContain("cast('1000' as bigint)");
  });

  it('goes only to the server that it was told, whatever an answer says', async () => {
    const engine = await engineOf(
      { nextUri: 'http://elsewhere.invalid/v1/statement/executing/q/y/1', columns },
      { data: [[3]] },
    );
    expect(await ask(engine)).toEqual([[3]]);
    await expect(ask(await engineOf({ nextUri: 'http://127.0.0.1/admin', columns }))).rejects.toThrow(
      "none of Trino's",
    );
  });

  it('is asked again where the server is busy', async () => {
    expect(await ask(await engineOf(503, { columns, data: [[1]] }))).toEqual([[1]]);
  });

  it('is cancelled on the server when its reader leaves', async () => {
    const engine = await engineOf({ nextUri: true, columns, data: [[1]] });
    const result = await engine.run(query('select 1 as n'), { params: {}, filters: NO_FILTERS });
    for await (const _ of result.rows) break;
    expect(fake.seen.at(-1)).toMatchObject({ method: 'DELETE' });
  });

  it('is cancelled on the server when the program is to end', async () => {
    const engine = await engineOf({ nextUri: true, columns, data: [[1]] });
    await engine.run(query('select 1 as n'), { params: {}, filters: NO_FILTERS });
    await engine.cancel();
    expect(fake.seen.at(-1)).toMatchObject({ method: 'DELETE' });
  });

  it('is not run where a required table has no rows', async () => {
    const filled = [
      { name: 'name', type: 'varchar' },
      { name: 'filled', type: 'boolean' },
    ];
    const engine = await engineOf({
      columns: filled,
      data: [
        ['twins', false],
        ['lookups', true],
      ],
    });
    const result = await engine.run(query('select 1 as n', 'requires: [lookups, twins]'), {
      params: {},
      filters: NO_FILTERS,
    });
    expect(result.missing).toEqual(['twins']);
  });
});

describe('a failure of Trino', () => {
  it.each<[string, Answer, string]>([
    [
      'a table that is missing',
      { error: { errorName: 'TABLE_NOT_FOUND', message: "line 1:1: Table 'x' does not exist" } },
      "Table 'x' does not exist; make the lake's tables in hive with what this prints: dnslens lake ddl --engine trino --schema dnslens",
    ],
    [
      'a fault of the SQL',
      {
        error: {
          errorName: 'SYNTAX_ERROR',
          message: 'line 1:8: no',
          errorLocation: { lineNumber: 1, columnNumber: 8 },
        },
      },
      'p/q.sql: no\nLINE 1: select 1 as n\n               ^',
    ],
    ['a login that is refused', 401, 'refused the user me (HTTP 401)'],
    ['a server that is no Trino', 404, 'answered HTTP 404, as no Trino does'],
    ['a page that is none', '<html>', "none of Trino's"],
    ['rows of another width', { columns, data: [[1, 2]] }, 'rows of wrong length'],
    ['a redirect', 302, 'answered HTTP 302'],
  ])('is one sentence: %s', async (_, answer, sentence) => {
    await expect(ask(await engineOf(answer))).rejects.toThrow(sentence);
  });

  it('is one sentence: nobody there', async () => {
    const engine = await engineOf({ columns });
    fake.close();
    await expect(ask(engine)).rejects.toThrow('cannot be reached (ECONNREFUSED)');
  });
});
