import { expect, it } from 'vitest';
import { join } from 'node:path';
import { Database } from '../../src/store/database.js';
import { WritingMemory, type Megabytes } from '../../src/store/writing-memory.js';
import { temporaryFolder } from '../support/cli.js';

const SETTINGS = `select current_setting('memory_limit') as memory, current_setting('threads')::INTEGER as threads,
  current_setting('allocator_flush_threshold') as keeps`;

/** The settings while a database with so many rows is written, and whether they are the former ones afterwards. */
async function held(rows: number, memoryLimit?: Megabytes) {
  const database = await Database.open(
    join(temporaryFolder(), 'a.duckdb'),
    memoryLimit ? { memoryLimit } : {},
  );
  const before = await database.rows(SETTINGS);
  const memory = await WritingMemory.hold(database, rows);
  const [settings] = await database.rows(SETTINGS);
  await memory.widen();
  const [wide] = await database.rows<{ memory: string }>(SETTINGS);
  expect(wide!.memory).toBe(before[0]!['memory']);
  await memory.release();
  expect(await database.rows(SETTINGS)).toEqual(before);
  database.close();
  return settings;
}

it('holds to 200 MB and one thread, and takes it back', async () => {
  expect(await held(1000)).toMatchObject({ memory: '190.7 MiB', threads: 1 });
});

it('allows more for many rows, gives back then what is let go, and never allows more than the database was opened with', async () => {
  expect(await held(40_000_000)).toEqual({ memory: '686.6 MiB', threads: 1, keeps: '976.5 KiB' });
  expect(await held(40_000_000, '300MB')).toMatchObject({ memory: '286.1 MiB' });
});

/** Numbers in one list, which DuckDB can put nowhere else: 480 MB. */
const HEAVY = 'select len(list(i)) as numbers from range(60_000_000) as r(i)';

it('lets DuckDB hold as much as before once it is wide', async () => {
  const database = await Database.open(join(temporaryFolder(), 'a.duckdb'));
  const memory = await WritingMemory.hold(database, 1000);
  await expect(database.rows(HEAVY)).rejects.toThrow('the memory limit is too small');
  await memory.widen();
  await expect(database.rows(HEAVY)).resolves.toHaveLength(1);
  await memory.release();
  database.close();
});
