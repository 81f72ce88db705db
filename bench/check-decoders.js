// Compares what the decoders in WebAssembly, and TypeScript for what is left to it, make of captures and logs with what TypeScript alone does:
//   npm run check:decoders -- PATH...        (captures and CoreDNS's logs, compressed or not, and folders of them)
// All must be equal: the rows of every table in their order, with ids; texts, names and addresses; problems; why an input is not complete.
import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pcapngReader, pcapReader } from '../dist/capture/index.js';
import { chooseReader } from '../dist/ingest/choose-reader.js';
import { KINDS } from '../dist/ingest/kinds.js';
import { isBinaryOf } from '../dist/ingest/opened.js';
import { openInput } from '../dist/input/open-input.js';
import { StoredBytes } from '../dist/input/stored-bytes.js';
import { corednsLog } from '../dist/logs/coredns-log.js';
import { rowOf } from './support/batch-rows.js';
import { MemorySink } from './support/memory-sink.js';

const paths = process.argv.slice(2).flatMap(filesOf);
const compared = [pcapReader, pcapngReader, corednsLog];
const inputs = {};
const counted = { sightings: 0, log_queries: 0 };
const unequal = [];
for (const path of paths) {
  const alone = await reading(path, '0');
  if (alone === null) continue;
  const together = await reading(path, '1');
  inputs[alone.kind] = (inputs[alone.kind] ?? 0) + 1;
  for (const table of Object.keys(counted)) counted[table] += alone.rows[table] ?? 0;
  if (JSON.stringify(alone) !== JSON.stringify(together)) unequal.push([path, alone, together]);
}
console.log({ inputs, rows: counted }, `${unequal.length} inputs are read differently`);
for (const [path, alone, together] of unequal) console.log(path, { alone, together });
process.exitCode = unequal.length > 0 ? 1 : 0;

/** What is left of an input, rows and texts as one hash each; null where no decoder in WebAssembly is for its kind. */
async function reading(path, wasm) {
  process.env.DNSLENS_WASM = wasm;
  const rows = {};
  const hashes = {};
  const hash = (name) => (hashes[name] ??= createHash('sha256'));
  const sink = new MemorySink((table, batch) => {
    rows[table] = (rows[table] ?? 0) + batch.row;
    for (let i = 0; i < batch.row; i++) hash(table).update(`${Object.values(rowOf(batch, i)).join()}\n`);
  });
  const seen = [];
  sink.seen = (...instant) => seen.push(instant);
  const stored = await StoredBytes.open(path, () => undefined);
  let kind;
  try {
    const isBinary = isBinaryOf(KINDS, path);
    const input = await openInput(path, stored, () => undefined, isBinary).catch(() => null);
    const reader = input && chooseReader(KINDS, input.head, path);
    if (!compared.includes(reader)) return null;
    ({ kind } = reader);
    await reader.read(input, sink, { ports: [53] });
  } finally {
    await stored.close();
  }
  sink.finish();
  for (const kind of ['nameOf', 'addressOf', 'textOf'])
    for (const entry of sink[kind]) hash(kind).update(`${entry}\n`);
  const digests = Object.fromEntries(Object.entries(hashes).map(([name, made]) => [name, made.digest('hex')]));
  return { kind, rows, digests, problems: sink.problems, why: sink.why, seen, next: sink.rowIds };
} // prettier-ignore

function filesOf(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).flatMap((name) => filesOf(join(path, name)));
}
