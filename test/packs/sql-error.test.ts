import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { UserError } from '../../src/base/user-error.js';
import { readStatements } from '../../src/packs/typed-statements.js';
import { Database } from '../../src/store/database.js';
import { temporaryFolder } from '../support/cli.js';

async function errorOf(sql: string): Promise<string> {
  return (await thrownBy(sql))?.message ?? 'no error';
}

async function thrownBy(sql: string, path = ':memory:'): Promise<UserError | null> {
  const database = await Database.open(path, { readOnly: path !== ':memory:' });
  try {
    const { results } = await readStatements(database, sql);
    for await (const { rows } of results) for await (const chunk of rows) void chunk;
    return null;
  } catch (error) {
    return error as UserError;
  } finally {
    database.close();
  }
}

it('points at the place of a syntax error', async () => {
  expect(await errorOf('select * form x')).toBe(
    'syntax error at or near "x"\nLINE 1: select * form x\n                      ^',
  );
});

it('suggests the column that was meant', async () => {
  expect(await errorOf('select clent from (select 1 as client)')).toMatch(
    /^Referenced column "clent" not found in FROM clause; did you mean client\?\nLINE 1/,
  );
});

it('explains an error that comes while rows are read', async () => {
  expect(
    await errorOf("select case when i = 100000 then error('late') end from range(200000) t(i)"),
  ).toContain('late');
});

it('refuses a parameter without a value', async () => {
  expect(await errorOf('select $x')).toBe('the statement has a parameter, $x; write its value');
});

it.each([
  ['select * form x', 'wrong-sql'],
  ["select cast('disabled by configuration' as integer)", 'wrong-sql'],
  ['select "out of memory"', 'wrong-sql'],
  ["from read_text('/etc/hostname')", 'sql-refused'],
  ["attach 'a.duckdb'", 'sql-refused'],
  ['select $x', 'wrong-sql'],
])('tells what is wrong from what is refused: %s', async (sql, code) => {
  expect((await thrownBy(sql))?.code).toBe(code);
});

it.each(['create table t (i integer)', "set memory_limit = '1GB'"])(
  'calls refused what a database that is only read refuses: %s',
  async (sql) => {
    const path = join(temporaryFolder(), 'a.duckdb');
    (await Database.open(path)).close();
    expect((await thrownBy(sql, path))?.code).toBe('sql-refused');
  },
);
