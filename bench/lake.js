// Makes a lake of many nodes and days, and says what exporting and asking it costs:
//   node bench/lake.js [--messages 1600000] [--nodes 1] [--days 1] [--out bench/data/lake] [--queries]
// One capture of --messages is made, read and exported; every other node and day is that export again by SQL, with times,
// ids and labels moved, so that a lake of 100 million messages takes minutes. --queries times every query on DuckDB.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openLake } from '../dist/lake/index.js';
import { loadCatalog } from '../dist/packs/load.js';
import { runQuery } from '../dist/packs/run.js';
import { multiply } from './support/multiply-lake.js';

const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '1600000' },
    nodes: { type: 'string', default: '1' },
    days: { type: 'string', default: '1' },
    out: { type: 'string', default: join(import.meta.dirname, 'data', 'lake') },
    queries: { type: 'boolean', default: false },
  },
});
const [messages, nodes, days] = [values.messages, values.nodes, values.days].map(Number);
const lake = values.out;
const database = `${lake}.duckdb`;
const capture = join(import.meta.dirname, 'data', `${messages}-0.sll2.pcap`);

rmSync(lake, { recursive: true, force: true });
if (!existsSync(capture)) run('make-capture.js', '--messages', String(messages));
const exported = JSON.parse(run('measure-lake.js', database, capture, lake));
const millions = exported.messages / 1e6;
const bytes = sizeOf(lake);
print('messages', exported.messages.toLocaleString('en'));
print('database', `${perMillion(statSync(database).size)} MB a million messages`);
print(
  'lake',
  `${perMillion(bytes)} MB a million messages, of which ${perMillion(sizeOf(join(lake, 'messages')))} MB in messages`,
);
print(
  'export',
  `${(exported.seconds / millions).toFixed(1)} s a million messages, ${(exported.cpu / millions).toFixed(1)} s of processors`,
);
print('export, at most', `${exported.peak} MB of memory, ${exported.before} MB before`);

if (nodes * days > 1) {
  const started = performance.now();
  await multiply(lake, { nodes, days });
  print(
    'multiplied',
    `to ${nodes} nodes and ${days} days in ${((performance.now() - started) / 1000).toFixed(0)} s, ${(sizeOf(lake) / 1e6).toFixed(0)} MB`,
  );
}
if (values.queries) {
  const opened = await openLake(lake);
  for (const query of loadCatalog().queries) {
    if (Object.values(query.params).some((param) => param.default === null)) continue;
    const [started, cpu] = [performance.now(), process.cpuUsage()];
    const rows = await drain(opened, query);
    const { user, system } = process.cpuUsage(cpu);
    print(
      query.id,
      `${((performance.now() - started) / 1000).toFixed(2)} s, ${((user + system) / 1e6).toFixed(2)} s of processors, ${rows} rows`,
    );
  }
  print('queries, at most', `${Math.round(process.resourceUsage().maxRSS / 1024)} MB of memory`);
  opened.close();
}

function run(script, ...args) {
  return execFileSync(process.execPath, [join(import.meta.dirname, script), ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function drain(opened, query) {
  const { rows } = await runQuery(opened, query);
  let count = 0;
  for await (const some of rows) count += some.length;
  return count;
}

function perMillion(size) {
  return (size / 1e6 / millions).toFixed(1);
}

function sizeOf(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => statSync(join(folder, file)))
    .reduce((sum, file) => sum + (file.isFile() ? file.size : 0), 0);
}

function print(what, value) {
  console.log(`${what.padEnd(28)} ${value}`);
}
