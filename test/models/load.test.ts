import { describe, expect, it } from 'vitest';
import { loadCauseModels } from '../../src/causes/load.js';
import { loadModels } from '../../src/models/load.js';
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
