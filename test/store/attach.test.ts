import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, it } from 'vitest';
import { Database } from '../../src/store/database.js';
import { temporaryFolder } from '../support/cli.js';

const blocks = (database: Database) =>
  database.rows(
    "select block_size::int as octets from pragma_database_size() where database_name = 'dnslens'",
  );

it('a file that is made has small blocks, as most tables are small', async () => {
  const database = await Database.plain(join(temporaryFolder(), 'new.duckdb'));
  expect(await blocks(database)).toEqual([{ octets: 65536 }]);
  database.close();
});

it('a file that is there is opened with the blocks that it has', async () => {
  const path = join(temporaryFolder(), 'old.duckdb');
  const instance = await DuckDBInstance.create(path, { default_block_size: '262144' });
  const connection = await instance.connect();
  await connection.run('create table t as select 1 as a; checkpoint');
  connection.closeSync();
  instance.closeSync();
  const database = await Database.plain(path);
  expect(await blocks(database)).toEqual([{ octets: 262144 }]);
  database.close();
});
