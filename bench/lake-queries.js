// Seconds of every bundled query over a lake, by the clock and of all processors, on DuckDB and on a Trino of its own;
// then those of each pack. Says where the two gave different numbers of rows:
//   npm run build && node bench/lake-queries.js LAKE [--heap 8G] [--limit 600] [--only TEXT] [--skip-trino]
// --limit: seconds after which Trino gives a query up.
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openLake } from '../dist/lake/index.js';
import { DuckDbEngine } from '../dist/packs/engine.js';
import { loadCatalog } from '../dist/packs/load.js';
import { NO_FILTERS } from '../dist/packs/filters.js';
import { Database } from '../dist/store/database.js';
import { parseTrinoAddress, TrinoConnection, TrinoEngine } from '../dist/trino/index.js';
import { makeTables } from './support/lake-tables.js';
import { startTrino } from './support/trino-server.js';

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    heap: { type: 'string', default: '8G' },
    limit: { type: 'string', default: '600' },
    only: { type: 'string', default: '' },
    'skip-trino': { type: 'boolean', default: false },
  },
});
const [lake] = positionals;
if (!lake) {
  console.error(
    'usage: node bench/lake-queries.js LAKE [--heap 8G] [--limit 600] [--only TEXT] [--skip-trino]',
  );
  process.exit(2);
}

// those of kind `detail` are about one thing that a parameter names, or feed a command
const queries = loadCatalog().queries.filter(({ id, kind }) => kind !== 'detail' && id.includes(flags.only));
const database = await openLake(lake);
const scratch = await Database.plain(':memory:');
const root = mkdtempSync(join(tmpdir(), 'dnslens-lake-'));
symlinkSync(resolve(lake), join(root, 'lake'));
const server = flags['skip-trino'] ? null : await start();
try {
  const engines = [{ engine: new DuckDbEngine(database), cpuSeconds: ownCpuSeconds }];
  if (server) {
    const connection = new TrinoConnection(parseTrinoAddress(server.url), { password: null, token: null });
    engines.push({ engine: new TrinoEngine(connection, scratch), cpuSeconds: server.cpuSeconds });
  }
  await measure(engines);
} finally {
  scratch.close();
  database.close();
  await server?.stop();
  rmSync(root, { recursive: true, force: true });
}

async function start() {
  const trino = await startTrino(root, { heap: flags.heap, large: true, limitSeconds: Number(flags.limit) });
  await makeTables(trino, lake, 'local:///lake');
  return trino;
}

async function measure(engines) {
  head('query', 'rows');
  const packs = new Map();
  for (const query of queries) {
    const costs = [];
    for (const { engine, cpuSeconds } of engines) costs.push(await costOf(engine, cpuSeconds, query));
    if (costs[0].note === 'no evidence') continue;
    const [rows, others = rows] = costs.map((cost) => cost.rows);
    const differ = costs.every(({ note }) => note === null) && rows !== others;
    row(query.id, differ ? `${rows}, Trino ${others}` : rows, costs);
    const pack = query.id.split('/')[0];
    packs.set(pack, [...(packs.get(pack) ?? []), costs]);
  }
  console.log();
  head('pack', 'queries');
  for (const [pack, all] of packs) row(pack, all.length, sums(all));
  row('all', [...packs.values()].flat().length, sums([...packs.values()].flat()));
  console.log(
    `\nat most ${Math.round(process.resourceUsage().maxRSS / 1024)} MB of memory here, DuckDB's included`,
  );
}

/** What a query costs to its last row; a note says why there is none. */
async function costOf(engine, cpuSeconds, query) {
  const started = performance.now();
  const before = cpuSeconds();
  let note = null;
  let count = 0;
  try {
    const { rows, missing } = await engine.run(query, { params: {}, filters: NO_FILTERS });
    for await (const some of rows) count += some.length;
    if (missing.length > 0) note = 'no evidence';
  } catch (error) {
    console.error(`${query.id}: ${error.message.split('\n')[0]}`);
    note = 'failed';
  }
  return { clock: (performance.now() - started) / 1000, cpu: cpuSeconds() - before, rows: count, note };
}

/** An engine's seconds over several queries; one that failed counts with the time that it was given. */
function sums(all) {
  return all[0].map((_, engine) => ({
    clock: all.reduce((sum, costs) => sum + costs[engine].clock, 0),
    cpu: all.reduce((sum, costs) => sum + costs[engine].cpu, 0),
    note: null,
  }));
}

function ownCpuSeconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

function head(what, count) {
  const engines = server ? ['DuckDB', 'Trino'] : ['DuckDB'];
  const columns = [what, count, ...engines.flatMap((name) => [`${name}, s`, 'of processors, s'])];
  console.log(`| ${columns.join(' | ')} |`);
  console.log(`| --- |${' ---: |'.repeat(columns.length - 1)}`);
}

function row(name, count, costs) {
  const cells = costs.flatMap(({ clock, cpu, note }) => [note ?? clock.toFixed(2), cpu.toFixed(2)]);
  console.log(`| ${[name, count.toLocaleString('en'), ...cells].join(' | ')} |`);
}
