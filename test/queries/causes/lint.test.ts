import { describe, expect, it } from 'vitest';
import type { Cause } from '../../src/models/causes.js';
import { loadModels } from '../../src/models/load.js';
import { loadCatalog } from '../../src/packs/load.js';

const causes = loadModels().filter((model): model is Cause => model.schema === 'causes');

describe('every cause', () => {
  it.each(causes.map((cause) => [cause.name, cause] as const))(
    'names queries that are there: %s',
    (_, { look }) => {
      const catalog = loadCatalog();
      expect(look.map((id) => catalog.get(id).id)).toEqual(look);
    },
  );
});
