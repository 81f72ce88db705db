// Ingests a few inputs, damaged or not, builds the models and runs every query, in a process of its own.
// A case is { random, seeds: numbers of files, damaged: numbers of those that are }.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { ingest } from '../../dist/ingest/index.js';
import { buildModels } from '../../dist/build/build.js';
import { loadCatalog } from '../../dist/packs/load.js';
import { runQuery } from '../../dist/packs/run.js';
import { Ledger } from '../../dist/store/ledger.js';
import { Random } from '../traffic/random.js';
import { mutate } from './mutate.js';
import { loadSeeds } from './seeds.js';

const seeds = loadSeeds();
const queries = loadCatalog().queries.filter(({ params }) =>
  Object.values(params).every((param) => param.default !== null),
);

process.on('message', async (given) => {
  const folder = mkdtempSync(join(tmpdir(), 'dnslens-fuzz-'));
  try {
    process.send({ faults: await tryCase(given, folder) });
  } catch (error) {
    process.send({ faults: [`threw ${fault(error)}`], stack: error.stack });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

async function tryCase({ random: start, seeds: chosen, damaged }, folder) {
  const random = new Random(start);
  const paths = chosen.map((seed, i) => {
    const { name, bytes } = seeds[seed];
    const path = join(folder, `${i}-${basename(name.replaceAll(' in ', '.'))}`);
    writeFileSync(path, damaged.includes(seed) ? mutate(bytes, seeds[chosen[0]].bytes, random).bytes : bytes);
    return path;
  });
  const ledger = await Ledger.open(join(folder, 'fuzz.duckdb'));
  try {
    const { outcomes } = await ingest(ledger, paths);
    const faults = outcomes.flatMap(({ cause }) => (cause ? [`ingest: ${fault(cause)}`] : []));
    let model = 'the first model';
    await buildModels(ledger.database, { onModel: (name) => (model = name) }).catch((error) =>
      faults.push(`models: after ${model}: ${fault(error)}`),
    );
    if (faults.length > 0) return faults;
    for (const query of queries) {
      await drain(ledger.database, query).catch((error) => faults.push(`${query.id}: ${fault(error)}`));
    }
    return faults;
  } finally {
    ledger.close();
  }
}

async function drain(database, query) {
  const { rows } = await runQuery(database, query);
  for await (const some of rows) if (some.length < 0) throw new Error('never');
}

/** A message without the figures that differ from case to case. */
function fault(error) {
  return `${error.name} ${error.message.split('\n')[0].replace(/-?\d+/g, 'N').slice(0, 160)}`;
}
