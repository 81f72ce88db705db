// Frames a second that the capture reader takes apart, with nobody behind the batches:
//   node bench/capture-rate.js CAPTURE [ROUNDS]        (after npm run build; an uncompressed capture)
import { readFileSync } from 'node:fs';
import { pcapngReader, pcapReader } from '../dist/capture/index.js';
import { Batch } from '../dist/raw/batch.js';
import { ByteDictionary } from '../dist/raw/dictionary.js';
import { FIRST_ROW_IDS } from '../dist/raw/sink.js';

const CHUNK = 1 << 20;
const [, , path, rounds = '5'] = process.argv;
const bytes = readFileSync(path);
const head = bytes.subarray(0, 65536);
const reader = [pcapReader, pcapngReader].find((candidate) => candidate.sniff(head, path) === 1);

async function* chunks() {
  for (let at = 0; at < bytes.length; at += CHUNK) yield bytes.subarray(at, at + CHUNK);
}

function emptySink(counts) {
  const batches = new Map();
  const dictionary = () => new ByteDictionary(42, 1, () => undefined);
  const take = (batch) => {
    counts[batch.table.name] = (counts[batch.table.name] ?? 0) + batch.row;
    if (batch.table.name !== 'frames') return;
    for (let i = 0; i < batch.row; i++) counts.total += batch.data.count[2 * i];
  };
  return {
    sourceId: 1,
    label: null,
    seed: 42,
    rowIds: { ...FIRST_ROW_IDS },
    names: dictionary(),
    addresses: dictionary(),
    texts: dictionary(),
    addressId: () => null,
    problem: () => counts.problems++,
    seen: () => undefined,
    incomplete: () => undefined,
    batch(table) {
      if (!batches.has(table.name)) batches.set(table.name, new Batch(table, take));
      return batches.get(table.name);
    },
    flush: () => batches.forEach((batch) => batch.flush()),
  };
}

for (let round = 0; round < Number(rounds); round++) {
  const counts = { total: 0, problems: 0 };
  const sink = emptySink(counts);
  const started = process.hrtime.bigint();
  const before = process.cpuUsage();
  await reader.read({ path, head, chunks: chunks() }, sink, { ports: [53] });
  sink.flush();
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  const { user, system } = process.cpuUsage(before);
  console.log(
    `${(counts.total / (user + system)).toFixed(2)} M frames a CPU second; ${seconds.toFixed(3)} s, ${(counts.total / seconds / 1e6).toFixed(2)} M frames/s, ` +
      `${counts.sightings ?? 0} messages, ${counts.packets ?? 0} packets, ${counts.answers ?? 0} records, ${counts.problems} problems`,
  );
}
