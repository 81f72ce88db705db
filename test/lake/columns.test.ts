import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ID_COLUMNS, PLACEMENTS } from '../../src/lake/lake-tables.js';
import { lakeTables } from '../../src/lake/columns.js';
import { buildModels } from '../../src/build/build.js';
import { Database } from '../../src/store/database.js';

const DECLARED = join(import.meta.dirname, '../../queries/models/columns.json');

test('the declared columns of main are those that the models make', async () => {
  const database = await Database.open(':memory:');
  await buildModels(database);
  const rows = await database.rows<{ table: string; column: string; type: string }>(
    `select table_name as "table", column_name as "column", data_type as type from information_schema.columns
     where table_schema = 'main' order by table_name, ordinal_position`,
  );
  database.close();
  const made: Record<string, Record<string, string>> = {};
  for (const { table, column, type } of rows) (made[table] ??= {})[column] = type;
  // where this fails: npm run docs
  expect(JSON.parse(readFileSync(DECLARED, 'utf8'))).toEqual(made);
});

test('every table of main has a place in a lake, sorted by columns that it has', () => {
  const tables = lakeTables();
  expect(tables.map(({ model }) => model)).toEqual(Object.keys(PLACEMENTS));
  for (const { columns, sort } of tables) {
    expect(columns.map(({ name }) => name)).toEqual(expect.arrayContaining([...sort]));
  }
});

test('every integer column whose name ends in _id is an id that a lake makes unique, but for that of a packet', () => {
  const ids = lakeTables().flatMap(({ columns }) =>
    columns.filter(({ name, type }) => name.endsWith('_id') && type !== 'VARCHAR').map(({ name }) => name),
  );
  expect(new Set(ids)).toEqual(new Set([...ID_COLUMNS, 'ip_id']));
});

test('no table has a column of the name of a partition', () => {
  const names = lakeTables().flatMap(({ columns }) => columns.map(({ name }) => name));
  expect(names).not.toContain('day');
  expect(names).not.toContain('node_label');
});
