import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCauseModels } from '../../../src/causes/load.js';
import { loadModels } from '../../../src/models/load.js';
import { type Model, qualified } from '../../../src/models/model.js';
import { Incident } from '../../support/incident.js';

const MODELS = [...loadModels(), ...loadCauseModels().work, ...loadCauseModels().main];
const WITH_KEY = MODELS.filter(({ key }) => key !== null);

/** How many rows a table has too many for its key: with a null in it, or the key of another, or beside the one row. */
function surplus({ schema, name, key }: Model): string {
  // tables of the build alone are kept where it is debugged
  const table = `${schema === 'temp' ? 'debug' : schema}.${name}`;
  if (key!.length === 0) return `select abs(count(*) - 1) as surplus from ${table}`;
  const columns = key!.join(', ');
  return `select count(*) - count(distinct case when (${key!.map((one) => `${one} is not null`).join(' and ')}) then (${columns}) end) as surplus from ${table}`;
}

describe.each(['race-loss-1', 'nodelocal-101', 'seed-walkthrough-1'])('the models of %s', (name) => {
  let incident: Incident;
  beforeAll(async () => {
    process.env['DNSLENS_DEBUG'] = '1';
    incident = await Incident.read(`fixtures/incidents/${name}`);
    delete process.env['DNSLENS_DEBUG'];
  });
  afterAll(() => incident.close());

  it('have one row for each key, and none without', async () => {
    const faults: string[] = [];
    for (const model of WITH_KEY) {
      const [row] = await incident.database.rows<{ surplus: bigint }>(surplus(model));
      if (row!.surplus !== 0n) faults.push(`${qualified(model)}: ${row!.surplus}`);
    }
    expect(faults).toEqual([]);
  });
});

it('are more than a hundred that say their key', () => {
  expect(WITH_KEY.length).toBeGreaterThan(100);
});
