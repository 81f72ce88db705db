import { describe, expect, it, vi } from 'vitest';
import { buildModels } from '../../src/build/build.js';
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

  it('keeps such tables in a schema of their own for who debugs it, until it is done without', async () => {
    const database = await Database.open(':memory:');
    const kept =
      "select table_name from information_schema.tables where table_schema = 'debug' and table_name = 'sendings'";
    vi.stubEnv('DNSLENS_DEBUG', '1');
    await buildModels(database);
    expect(await database.rows(kept)).toHaveLength(1);
    vi.unstubAllEnvs();
    await buildModels(database);
    expect(await database.rows(kept)).toEqual([]);
    database.close();
  });
});
