// Seconds of every bundled query over a lake, on DuckDB and on a Trino of its own:
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
const duckdb = await secondsOf(new DuckDbEngine(database));
database.close();
const trino = flags['skip-trino'] ? new Map() : await onTrino();
const totals = [duckdb, trino].map((seconds) =>
  [...seconds.values()].reduce((sum, value) => sum + (Number(value) || 0), 0),
);
console.log('| query | DuckDB, s | Trino, s |\n| --- | ---: | ---: |');
for (const { id } of queries) console.log(`| ${id} | ${duckdb.get(id)} | ${trino.get(id) ?? ''} |`);
console.log(`| all | ${totals[0].toFixed(1)} | ${totals[1].toFixed(1)} |`);

async function onTrino() {
  const root = mkdtempSync(join(tmpdir(), 'dnslens-lake-'));
  symlinkSync(resolve(lake), join(root, 'lake'));
  const server = await startTrino(root, { heap: flags.heap });
  const scratch = await Database.plain(':memory:');
  try {
    await makeTables(server, lake, 'local:///lake');
    const connection = new TrinoConnection(parseTrinoAddress(server.url), { password: null, token: null });
    return await secondsOf(new TrinoEngine(connection, scratch));
  } finally {
    scratch.close();
    await server.stop();
    rmSync(root, { recursive: true, force: true });
  }
}

/** Seconds of each query by its id, to its last row; a word where it gave none. */
async function secondsOf(engine) {
  const seconds = new Map();
  for (const query of queries) {
    const started = performance.now();
    try {
      const { rows, missing } = await engine.run(query, { params: {}, filters: NO_FILTERS });
      for await (const _ of rows);
      const took = ((performance.now() - started) / 1000).toFixed(2);
      seconds.set(query.id, missing.length > 0 ? 'no rows' : took);
    } catch (error) {
      console.error(`${query.id}: ${error.message.split('\n')[0]}`);
      seconds.set(query.id, 'failed');
    }
  }
  return seconds;
}
