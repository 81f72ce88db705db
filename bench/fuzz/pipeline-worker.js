// Ingests a few inputs, damaged or not, builds the models and runs every query, in a process of its own.
// A case is { random, seeds: numbers of files, damaged: numbers of those that are }.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { ingest } from '../../dist/ingest/index.js';
import { Ledger } from '../../dist/store/ledger.js';
import { Random } from '../traffic/random.js';
import { tryExports } from './exports.js';
import { tryModels } from './models.js';
import { mutate } from './mutate.js';
import { said } from './said.js';
import { loadSeeds } from './seeds.js';

const seeds = loadSeeds();

process.on('message', async (given) => {
  const folder = mkdtempSync(join(tmpdir(), 'dnslens-fuzz-'));
  try {
    process.send({ faults: await tryCase(given, folder) });
  } catch (error) {
    process.send({ faults: [`threw ${said(error)}`], stack: error.stack });
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
  const file = join(folder, 'fuzz.duckdb');
  const ledger = await Ledger.open(file);
  let faults = [];
  try {
    const { outcomes } = await ingest(ledger, paths);
    faults = outcomes.flatMap(({ cause }) => (cause ? [`ingest: ${said(cause)}`] : []));
    faults.push(...(await tryModels(ledger.database)));
  } finally {
    ledger.close();
  }
  return faults.length > 0 ? faults : tryExports(file, join(folder, 'out'), start);
}
