import { expect, it } from 'vitest';
import { readStatements } from '../../src/packs/statements.js';
import { Database } from '../../src/store/database.js';

async function errorOf(sql: string): Promise<string> {
  const database = await Database.open(':memory:');
  try {
    const { results } = await readStatements(database, sql);
    for await (const { rows } of results) for await (const chunk of rows) void chunk;
    return 'no error';
  } catch (error) {
    return (error as Error).message;
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
