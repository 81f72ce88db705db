// Seconds of every bundled query over a lake, by the clock and of all processors, on DuckDB and on a Trino of its own:
//   npm run build && node bench/lake-queries.js LAKE [--heap 4G] [--only TEXT] [--skip-trino]
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openLake } from '../dist/lake/index.js';
import { DuckDbEngine } from '../dist/packs/engine.js';
import { loadCatalog } from '../dist/packs/load.js';
import { NO_FILTERS } from '../dist/packs/run.js';
import { Database } from '../dist/store/database.js';
import { parseTrinoAddress, TrinoConnection, TrinoEngine } from '../dist/trino/index.js';
import { makeTables } from './support/lake-tables.js';
import { startTrino } from './support/trino-server.js';

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    heap: { type: 'string', default: '4G' },
    only: { type: 'string', default: '' },
    'skip-trino': { type: 'boolean', default: false },
  },
});
const [lake] = positionals;
if (!lake) {
  console.error('usage: node bench/lake-queries.js LAKE [--heap 4G] [--only TEXT] [--skip-trino]');
  process.exit(2);
}

const queries = loadCatalog().queries.filter(({ id, kind }) => kind !== 'detail' && id.includes(flags.only));
const database = await openLake(lake);
const duckdb = await secondsOf(new DuckDbEngine(database), ownCpuSeconds);
database.close();
const trino = flags['skip-trino'] ? new Map() : await onTrino();
console.log('| query | DuckDB, s | of processors, s | Trino, s | of processors, s |');
console.log('| --- | ---: | ---: | ---: | ---: |');
for (const { id } of queries)
  console.log(`| ${[id, ...cells(duckdb.get(id)), ...cells(trino.get(id))].join(' | ')} |`);
console.log(`| ${['all', ...cells(sumOf(duckdb)), ...cells(sumOf(trino))].join(' | ')} |`);

function cells(cost) {
  if (!cost) return ['', ''];
  return cost.note ? [cost.note, ''] : [cost.clock.toFixed(2), cost.cpu.toFixed(2)];
}

function sumOf(costs) {
  const sum = { clock: 0, cpu: 0 };
  for (const { clock, cpu } of costs.values()) {
    sum.clock += clock;
    sum.cpu += cpu;
  }
  return sum;
}

function ownCpuSeconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

async function onTrino() {
  const root = mkdtempSync(join(tmpdir(), 'dnslens-lake-'));
  symlinkSync(resolve(lake), join(root, 'lake'));
  const server = await startTrino(root, { heap: flags.heap });
  const scratch = await Database.plain(':memory:');
  try {
    await makeTables(server, lake, 'local:///lake');
    const connection = new TrinoConnection(parseTrinoAddress(server.url), { password: null, token: null });
    return await secondsOf(new TrinoEngine(connection, scratch), server.cpuSeconds);
  } finally {
    scratch.close();
    await server.stop();
    rmSync(root, { recursive: true, force: true });
  }
}

/** What each query costs to its last row, by its id; a note in place of it where it gives none. */
async function secondsOf(engine, cpuSeconds) {
  const costs = new Map();
  for (const query of queries) {
    const started = performance.now();
    const before = cpuSeconds();
    let note = null;
    try {
      const { rows, missing } = await engine.run(query, { params: {}, filters: NO_FILTERS });
      for await (const _ of rows);
      if (missing.length > 0) note = 'no evidence';
    } catch (error) {
      console.error(`${query.id}: ${error.message.split('\n')[0]}`);
      note = 'failed';
    }
    const cost = { clock: (performance.now() - started) / 1000, cpu: cpuSeconds() - before };
    costs.set(query.id, note === null ? { ...cost, note } : { clock: 0, cpu: 0, note });
  }
  return costs;
}
