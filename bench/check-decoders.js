// Compares what the decoder in WebAssembly, and TypeScript for what is left to it, makes of captures with what TypeScript alone does:
//   npm run check:decoders -- PATH...        (captures, compressed or not, and folders of them)
// All must be equal: the rows of every table in their order, with ids; texts, names and addresses; problems; why a capture is not complete.
import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pcapngReader, pcapReader } from '../dist/capture/index.js';
import { openInput } from '../dist/input/open-input.js';
import { StoredBytes } from '../dist/input/stored-bytes.js';
import { rowOf } from './support/batch-rows.js';
import { MemorySink } from './support/memory-sink.js';

const paths = process.argv.slice(2).flatMap(filesOf);
let captures = 0;
let messages = 0;
const unequal = [];
for (const path of paths) {
  const alone = await reading(path, '0');
  if (alone === null) continue;
  const together = await reading(path, '1');
  captures++;
  messages += alone.rows.sightings ?? 0;
  if (JSON.stringify(alone) !== JSON.stringify(together)) unequal.push([path, alone, together]);
}
console.log(`${captures} captures, ${messages} messages: ${unequal.length} captures are read differently`);
for (const [path, alone, together] of unequal) console.log(path, { alone, together });
process.exitCode = unequal.length > 0 ? 1 : 0;

/** What is left of a capture, rows and texts as one hash each; null where it is none. */
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
  try {
    const input = await openInput(path, stored, () => undefined, () => true).catch(() => null);
    const reader = input && [pcapReader, pcapngReader].find(({ sniff }) => sniff(input.head, path) === 1);
    if (!reader) return null;
    await reader.read(input, sink, { ports: [53] });
  } finally {
    await stored.close();
  }
  sink.finish();
  for (const kind of ['nameOf', 'addressOf', 'textOf'])
    for (const entry of sink[kind]) hash(kind).update(`${entry}\n`);
  const digests = Object.fromEntries(Object.entries(hashes).map(([name, made]) => [name, made.digest('hex')]));
  return { rows, digests, problems: sink.problems, why: sink.why, seen, next: sink.rowIds };
} // prettier-ignore

function filesOf(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).flatMap((name) => filesOf(join(path, name)));
}
