// One step of a node's day, in a process of its own, whose cost it prints as JSON:
//   node bench/measure-lake.js read DATABASE CAPTURE LABEL      reads the capture and builds the models
//   node bench/measure-lake.js export DATABASE LAKE             writes the database into the lake
import { mkdirSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { ingest } from '../dist/ingest/index.js';
import { EXPORT_MEMORY, exportLake, FolderTarget } from '../dist/lake/index.js';
import { buildModels } from '../dist/build/build.js';
import { openForReading } from '../dist/build/reading.js';
import { Ledger } from '../dist/store/ledger.js';

const [, , step, database, ...rest] = process.argv;
const started = performance.now();
const done = step === 'read' ? await read(...rest) : await write(...rest);
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
const cost = {
  seconds: (performance.now() - started) / 1000,
  cpu: (userCPUTime + systemCPUTime) / 1e6,
  peak: Math.round(maxRSS / 1024),
};
console.log(JSON.stringify({ ...cost, ...done }));

async function read(capture, label) {
  const ledger = await Ledger.open(database);
  await ingest(ledger, [capture], { label });
  await buildModels(ledger.database);
  const [{ n }] = await ledger.database.rows('select count(*)::INTEGER as n from raw.sightings');
  await ledger.database.run('checkpoint');
  ledger.close();
  return { messages: n, bytes: statSync(database).size };
}

async function write(lake) {
  mkdirSync(lake, { recursive: true });
  const opened = await openForReading(database, { writesTo: resolve(lake), memoryLimit: EXPORT_MEMORY });
  const { manifest } = await exportLake(opened, new FolderTarget(resolve(lake)), {
    node: null,
    version: 'bench',
  });
  opened.close();
  return { bytes: manifest.files.reduce((sum, file) => sum + file.bytes, 0) };
}
