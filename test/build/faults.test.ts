import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { ModelFault } from '../../src/build/build.js';
import { buildAroundFaults, explainModelFault, failing, readRawOf } from '../../src/build/faults.js';
import { Database } from '../../src/store/database.js';
import { sources as sourcesTable } from '../../src/raw/tables/ledger.js';
import { temporaryFolder } from '../support/cli.js';

interface Build {
  fails: (sources: readonly number[]) => boolean;
}

const build = vi.hoisted((): Build => ({ fails: () => false }));

// that a model fails for some evidence is a bug of its own, which is mended where it is known
vi.mock('../../src/build/build.js', async (original) => {
  const real = await original<typeof import('../../src/build/build.js')>();
  const buildModels = async (database: Database) => {
    const rows = await database.rows<{ id: number }>('select source_id as id from raw.sources');
    if (build.fails(rows.map(({ id }) => id)))
      throw new real.ModelFault('lookups', 'Out of Range Error: too far');
  };
  return { ...real, buildModels };
});

async function databaseWith(sources: number): Promise<string> {
  const path = join(temporaryFolder(), 'a.duckdb');
  const database = await Database.open(path);
  const values = Object.entries(sourcesTable.columns).map(([name, { type, nullable }]) => {
    if (name === 'source_id') return 'i';
    if (name === 'path') return "'f' || i || '.log'";
    return nullable ? 'null' : type === 'VARCHAR' ? "''" : type === 'TIMESTAMP_NS' ? "'2026-01-01'" : '0';
  });
  await database.run(
    `insert into raw.sources select ${values.join(', ')} from range(1, ${sources + 1}) as r(i)`,
  );
  database.close();
  return path;
}

describe('evidence that the models cannot be built of', () => {
  it('is found among much that is good', async () => {
    const all = Array.from({ length: 40 }, (_, i) => i);
    let tries = 0;
    const fails = async (some: readonly number[]) => (tries++, some.some((one) => one === 7 || one === 31));
    expect((await failing(all, fails, { left: 64 })).toSorted((a, b) => a - b)).toEqual([7, 31]);
    expect(tries).toBeLessThan(30);
  });

  it('is nothing where only several together fail', async () => {
    expect(await failing([1, 2, 3], async (some) => some.length === 3, { left: 64 })).toEqual([]);
  });

  it('is named with what takes it out', async () => {
    const path = await databaseWith(5);
    build.fails = (some) => some.includes(3);
    const said = await explainModelFault(path, new ModelFault('lookups', 'too far'));
    expect(said.message).toContain('source 3 (f3.log)');
    expect(said.message).toContain(`dnslens forget 3 --db ${path}`);
  });

  it('is left out, and said so, of what is built of the rest', async () => {
    const path = await databaseWith(4);
    build.fails = (some) => some.includes(2);
    const copy = await Database.plain(join(temporaryFolder(), 'copy.duckdb'), { name: path, origin: path });
    const said: string[] = [];
    await readRawOf(copy);
    await buildAroundFaults(copy, path, (out) => readRawOf(copy, `source_id not in (${out.join(', ')})`), {
      onNotice: (sentence) => said.push(sentence),
    });
    expect(await copy.rows('select source_id as id from raw.sources order by 1')).toEqual([
      { id: 1 },
      { id: 3 },
      { id: 4 },
    ]);
    copy.close();
    expect(said[0]).toContain('source 2 (f2.log) is left out');
  });
});
