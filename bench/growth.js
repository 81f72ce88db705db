// Says whether work grows with the input's size and no faster, for hostile shapes of evidence:
//   node bench/growth.js [--of samples|readers|models] [--only TEXT] [--scale 1]
// To be run by hand after a change of a reader, a model or a query: all of it takes ten minutes, too long for CI.
// Every reader reads its own sample (the table of kinds has it) and every text at one size and four times it, every model and query runs on captures of n and 4n
// queries. What takes more than 2.5 times the CPU time at twice the size (so more than 2.5 * 2.5 times at four times)
// fails. CPU time of the whole process, user and system, counts; what stays under a floor is no evidence of anything,
// and what looks too steep is measured again: the least of three runs counts.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ingest } from '../dist/ingest/index.js';
import { KINDS } from '../dist/ingest/kinds.js';
import { buildModels } from '../dist/build/build.js';
import { loadCatalog } from '../dist/packs/load.js';
import { runQuery } from '../dist/packs/run.js';
import { Ledger } from '../dist/store/ledger.js';
import { SHAPES } from './growth/models.js';
import { TEXTS } from './growth/texts.js';
import { CpuWatch } from './support/cpu-watch.js';
import { MemorySink } from './support/memory-sink.js';

const STEEPEST = 2.5 ** 2;
/** Seconds of CPU time below which nothing is concluded, and beyond which a small input is a fault by itself. */
const FLOOR = 0.2;
const CEILING = 5;
const RUNS = 3;
const TEXT_BYTES = 64 << 10;
const QUERIES = 3000;

const { values } = parseArgs({
  options: {
    of: { type: 'string', default: 'samples,readers,models' },
    only: { type: 'string', default: '' },
    scale: { type: 'string', default: '1' },
  },
});
const scale = Number(values.scale);
const queries = loadCatalog().queries.filter(({ params }) =>
  Object.values(params).every((param) => param.default !== null),
);
const faults = [];
const folder = mkdtempSync(join(tmpdir(), 'dnslens-growth-'));
try {
  if (values.of.includes('samples')) await samples();
  for (const [kind, shapes, measure] of [
    ['readers', TEXTS, readers],
    ['models', SHAPES, models],
  ]) {
    if (!values.of.includes(kind)) continue;
    for (const [name, make] of Object.entries(shapes))
      if (name.includes(values.only)) await measure(name, make);
  }
} finally {
  rmSync(folder, { recursive: true });
}
const { user, system } = process.cpuUsage();
console.log(`${faults.length} faults, ${((user + system) / 1e6).toFixed(0)} s of CPU time`);
process.exitCode = faults.length > 0 ? 1 : 0;

/** Every reader of texts on what the table of kinds has of its own kind, again and again. */
async function samples() {
  for (const reader of KINDS) {
    const { kind, isBinary, about } = reader;
    if (isBinary || !kind.includes(values.only)) continue;
    const text = Buffer.from(`${about.whole ?? about.sample}\n`);
    const make = (size) => Buffer.concat(Array(Math.ceil(size / text.length)).fill(text));
    const [small, large] = [make(TEXT_BYTES * scale), make(4 * TEXT_BYTES * scale)];
    const run = (bytes) => read(reader, bytes);
    await compare(
      `${kind} of its own sample`,
      () => timesOf(run, small),
      () => timesOf(run, large),
    );
  }
}

/** Every reader on one text, which is read as if it were of its kind. */
async function readers(name, make) {
  const small = make(TEXT_BYTES * scale);
  const large = make(4 * TEXT_BYTES * scale);
  for (const reader of KINDS) {
    const run = (bytes) => read(reader, bytes);
    await compare(
      `${reader.kind} of ${name}`,
      () => timesOf(run, small),
      () => timesOf(run, large),
    );
  }
}

async function read(reader, bytes) {
  const sink = new MemorySink();
  const head = bytes.subarray(0, 65536);
  reader.sniff(head, 'input');
  await reader.read({ path: 'input', head, chunks: [bytes] }, sink, { ports: [53] });
  sink.finish();
}

async function timesOf(run, bytes) {
  const watch = new CpuWatch();
  await run(bytes);
  watch.lap('reading');
  return watch.laps;
}

/** Reading, every model and every query on one shape of evidence. */
async function models(name, make) {
  const measure = (n) => () => pipeline(make(n));
  await compare(name, measure(QUERIES * scale), measure(4 * QUERIES * scale));
}

async function pipeline(files) {
  const paths = Object.entries(files).map(([file, bytes]) => {
    writeFileSync(join(folder, file), bytes);
    return join(folder, file);
  });
  const path = join(folder, 'growth.duckdb');
  const ledger = await Ledger.open(path);
  try {
    const watch = new CpuWatch();
    const { outcomes } = await ingest(ledger, paths);
    const unread = outcomes.find(({ status }) => status !== 'read');
    if (unread) throw new Error(unread.sentence);
    watch.lap('ingest');
    await buildModels(ledger.database, { onModel: (model) => watch.lap(`model ${model}`) });
    for (const query of queries) {
      const { rows } = await runQuery(ledger.database, query);
      for await (const some of rows) if (some.length < 0) throw new Error('never');
      watch.lap(`query ${query.id}`);
    }
    return watch.laps;
  } finally {
    ledger.close();
    for (const file of [path, `${path}.wal`, ...paths]) rmSync(file, { force: true });
  }
}

/** Measures both sizes; says which parts grow too steeply, if they do so every time. */
async function compare(name, small, large) {
  const before = await small();
  const tooLong = [...before].find(([, seconds]) => seconds > CEILING);
  if (tooLong) return fault(name, ...tooLong, 'at the smaller size');
  const after = await large();
  for (let run = 1; run < RUNS && steep(before, after).length > 0; run++) {
    // The larger can be too large only by noise, the smaller too small: never by less work.
    least(after, await large());
  }
  for (const [part, seconds, times] of steep(before, after))
    fault(name, part, seconds, `${times.toFixed(1)} times at four times the size`);
}

function steep(before, after) {
  return [...after]
    .map(([part, seconds]) => [part, seconds, seconds / Math.max(before.get(part) ?? 0, FLOOR / STEEPEST)])
    .filter(([, seconds, times]) => seconds > FLOOR && times > STEEPEST);
}

function least(laps, others) {
  for (const [part, seconds] of others) laps.set(part, Math.min(laps.get(part) ?? Infinity, seconds));
}

function fault(name, part, seconds, what) {
  faults.push(name);
  console.error(`${name}: ${part}: ${seconds.toFixed(2)} s, ${what}`);
}
