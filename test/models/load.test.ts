import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TemporaryFolder } from '../../src/base/temporary-folder.js';
import { loadCauseModels } from '../../src/causes/load.js';
import { inOrder, loadFolder, loadModels } from '../../src/models/load.js';
import { qualified } from '../../src/models/model.js';
import { Database } from '../../src/store/database.js';
import { tablesOf } from '../support/reads.js';

describe('every model', () => {
  it('names in `from` exactly what its SQL reads', async () => {
    const database = await Database.open(':memory:');
    const opinions = loadCauseModels();
    const models = [...loadModels(), ...opinions.work, ...opinions.main];
    const read: Record<string, string[]> = {};
    for (const model of models) read[qualified(model)] = await tablesOf(database, model.sql);
    expect(read).toEqual(
      Object.fromEntries(models.map((model) => [qualified(model), model.from.toSorted()])),
    );
    database.close();
  });
});

describe('a model in a folder of its subject', () => {
  let folder: TemporaryFolder;
  beforeEach(() => {
    folder = new TemporaryFolder();
  });
  afterEach(() => folder.remove());

  function models(...files: string[]): string[] {
    for (const file of files) {
      const path = join(folder.path, file);
      mkdirSync(dirname(path), { recursive: true });
      const front = ['title: T', 'description: One row.', 'from: []', 'materialized: table'];
      writeFileSync(
        path,
        `-- ---\n${front.map((line) => `-- ${line}\n`).join('')}-- ---\nselect 1 as one;\n`,
      );
    }
    return inOrder(loadFolder(folder.path)).map(qualified);
  }

  it('has the name and schema that its file is named by', () => {
    expect(models('b/twins.sql', 'a/work.losses.sql', 'b/temp.links.sql')).toEqual([
      'temp.links',
      'work.losses',
      'twins',
    ]);
  });

  it.each(['raw.losses.sql', 'main.losses.sql', 'work.a.b.sql'])('is not named %s', (file) => {
    expect(() => models(`a/${file}`)).toThrow(`${file}: a model's file is named`);
  });

  it('has a name of its own', () => {
    expect(() => models('a/work.losses.sql', 'b/work.losses.sql')).toThrow(
      'two models are named work.losses',
    );
  });
});
