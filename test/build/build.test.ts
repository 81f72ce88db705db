import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { buildModels } from '../../src/build/build.js';
import { modelsState } from '../../src/build/current.js';
import { ingest } from '../../src/ingest/index.js';
import { loadModels } from '../../src/models/load.js';
import { qualified } from '../../src/models/model.js';
import { SHAPES, type Shapes } from '../../src/models/shapes.js';
import { Database } from '../../src/store/database.js';
import { TooLittleMemory } from '../../src/store/storage-fault.js';
import { temporaryFolder } from '../support/cli.js';
import { Ledger } from '../../src/store/ledger.js';
import { partFor } from '../support/part.js';

const MAIN = "select table_name as name from information_schema.tables where table_schema = 'main'";

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

  it('makes the same rows in parts as at once', async () => {
    const ledger = await Ledger.open(':memory:');
    await ingest(ledger, ['fixtures/incidents/seed-walkthrough-1']);
    const { database } = ledger;
    await buildModels(database);
    const tables = (await database.rows<{ name: string }>(MAIN)).map(({ name }) => name);
    const rows = async () =>
      Promise.all(tables.map(async (name) => [name, await database.rows(`from main.${name} order by all`)]));
    const atOnce = await rows();
    await buildModels(database, { partRows: 5 });
    expect(await rows()).toEqual(atOnce);
    expect(loadModels().filter(({ parts }) => parts !== null)).not.toEqual([]);
    ledger.close();
  });

  it('makes of a part what a whole build makes of it, and nothing else, and does not call the models current', async () => {
    const ledger = await Ledger.open(':memory:');
    await ingest(ledger, ['fixtures/incidents/seed-walkthrough-1']);
    const { database } = ledger;
    const asked = "select * from causes where cause = 'search-amplification'";
    await buildModels(database);
    const whole = await database.rows(asked);
    await buildModels(database, { only: await partFor(database, asked, ['search-amplification']) });
    expect(whole).toHaveLength(1);
    expect(await database.rows(asked)).toEqual(whole);
    expect(await database.rows('select cause from causes')).toHaveLength(1);
    const made = (await database.rows<{ name: string }>(MAIN)).map(({ name }) => name);
    expect(made).toContain('causes');
    expect(made).not.toContain('lookups');
    expect(await modelsState(database)).toBe('unfinished');
    ledger.close();
  });

  it('begins again in more memory where little is not enough', async () => {
    const ledger = await Ledger.open(join(temporaryFolder(), 'a.duckdb'));
    await ingest(ledger, ['fixtures/incidents/seed-walkthrough-1']);
    const limit = "select current_setting('memory_limit') as memory";
    const usual = await ledger.database.rows(limit);
    const rows = ledger.database.rows.bind(ledger.database);
    const held: unknown[] = [];
    vi.spyOn(ledger.database, 'rows').mockImplementation(async (sql) => {
      if (!sql.includes('table work.wire_lookups')) return rows(sql);
      held.push(await rows(limit));
      if (held.length === 1) throw new TooLittleMemory('too-little-memory', 'not enough');
      return rows(sql);
    });
    await buildModels(ledger.database);
    expect(held).toEqual([[{ memory: '190.7 MiB' }], usual]);
    expect(await ledger.database.rows('select count(*)::INTEGER as lookups from lookups')).toEqual([
      { lookups: 7 },
    ]);
    expect(await rows(limit)).toEqual(usual);
    ledger.close();
  });

  it('plans no model that has no rows for certain, and those have none', async () => {
    const ledger = await Ledger.open(':memory:');
    const { database } = ledger;
    await ingest(ledger, ['fixtures/incidents/seed-walkthrough-1']);
    const ran: string[] = [];
    const rows = database.rows.bind(database);
    vi.spyOn(database, 'rows').mockImplementation((sql) => {
      ran.push(sql);
      return rows(sql);
    });
    await buildModels(database);
    const { models } = JSON.parse(readFileSync(SHAPES, 'utf8')) as Shapes;
    const spared = loadModels().filter(
      (model) => models[qualified(model)] && !ran.some((sql) => sql.includes(model.sql)),
    );
    expect(spared.map(qualified)).toContain('work.attempts');
    for (const model of spared.filter(({ sql }) => !sql.includes('temp.')))
      expect([qualified(model), await rows(`select 1 from (${model.sql}) limit 1`)]).toEqual([
        qualified(model),
        [],
      ]);
    ledger.close();
  });
});
