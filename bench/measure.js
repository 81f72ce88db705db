// What one run of dnslens costs, as JSON: node bench/measure.js DATABASE CAPTURE
import { rmSync, statSync } from 'node:fs';
import { ingest } from '../dist/ingest/index.js';
import { buildModels } from '../dist/build/build.js';
import { loadCatalog } from '../dist/packs/load.js';
import { runQuery } from '../dist/packs/run.js';
import { Ledger } from '../dist/store/ledger.js';

const [, , path, capture] = process.argv;
for (const file of [path, `${path}.wal`]) rmSync(file, { force: true });
const ledger = await Ledger.open(path);
const { database } = ledger;

const ingesting = await timed(() => ingest(ledger, [capture]));
const ingestPeak = peakMegabytes();
const rawMegabytes = await megabytes();
const models = await timed(() => buildModels(database));
const peak = peakMegabytes();
const queries = {};
for (const query of loadCatalog().queries) {
  if (Object.values(query.params).some((param) => param.default === null)) continue;
  queries[query.id] = await timed(() => drain(query));
}
const [{ n }] = await database.rows('select count(*)::INTEGER as n from raw.sightings');
const result = { messages: n, ingest: ingesting, models, queries, ingestPeak, peak, rawMegabytes };
console.log(JSON.stringify({ ...result, megabytes: await megabytes() }));
ledger.close();

async function drain(query) {
  const { rows } = await runQuery(database, query);
  let count = 0;
  for await (const some of rows) count += some.length;
  return count;
}

/** Seconds by the clock, and of all threads' processors. */
async function timed(work) {
  const before = process.cpuUsage();
  const started = performance.now();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { seconds: (performance.now() - started) / 1000, cpu: (user + system) / 1e6 };
}

/** The file's size, nothing left in its log. */
async function megabytes() {
  await database.run('checkpoint');
  return statSync(path).size / 1e6;
}

function peakMegabytes() {
  return Math.round(process.resourceUsage().maxRSS / 1024);
}
