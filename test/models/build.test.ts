import { describe, expect, it } from 'vitest';
import { buildModels } from '../../src/models/build.js';
import { Database } from '../../src/store/database.js';

describe('building models', () => {
  it('leaves no table behind that was for the build alone, and can be done again', async () => {
    const database = await Database.open(':memory:');
    await buildModels(database);
    await buildModels(database);
    expect(await database.rows('select table_name from duckdb_tables() where temporary')).toEqual([]);
    expect(await database.rows("select 1 from duckdb_tables() where table_name = 'sendings'")).toEqual([]);
    database.close();
  });
});
