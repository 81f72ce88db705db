import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildModels } from '../../src/build/build.js';
import { mainColumns, Meanings } from '../../src/build/comments.js';
import { loadCauseModels } from '../../src/causes/load.js';
import { loadModels, sharedMeanings } from '../../src/models/load.js';
import { Database } from '../../src/store/database.js';

let database: Database;

beforeAll(async () => {
  database = await Database.open(':memory:');
  await buildModels(database);
});

afterAll(() => database.close());

describe('comments in the database', () => {
  test('every table, view and column of main has one', async () => {
    const bare = await database.rows(
      `select table_name as name from duckdb_tables() where schema_name = 'main' and database_name = current_database() and comment is null
       union all select view_name from duckdb_views() where schema_name = 'main' and database_name = current_database() and not internal and comment is null
       union all select table_name || '.' || column_name from duckdb_columns() where schema_name = 'main' and database_name = current_database() and not internal and comment is null`,
    );
    expect(bare).toEqual([]);
  });

  test("a column says what its own table's file declares", async () => {
    const [told] = await database.rows(
      "select comment from duckdb_columns() where schema_name = 'main' and table_name = 'twins' and column_name = 'one_socket'",
    );
    expect(told).toEqual({ comment: 'both left from one port' });
  });

  test('a declared meaning is of a column that there is', async () => {
    const columns = await mainColumns(database);
    const has = (table: string, column: string) =>
      columns.some((one) => one.table === table && one.column === column);
    const declared = [...loadModels(), ...loadCauseModels().main].flatMap(({ name, columns: own }) =>
      Object.keys(own).map((column) => [name, column] as const),
    );
    expect(declared.filter(([table, column]) => !has(table, column))).toEqual([]);
  });

  test('a shared meaning is needed by some column', async () => {
    const meanings = new Meanings();
    const said = new Set((await mainColumns(database)).map((one) => meanings.column(one)));
    expect(Object.values(sharedMeanings()).filter((text) => !said.has(text))).toEqual([]);
  });
});
