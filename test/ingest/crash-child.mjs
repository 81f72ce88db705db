// Ingests as the command does, in a process that a test kills: at step KILL_AT by itself, or from outside. A step is
// 4 kB of an input, an input that it tells of or a model that is built; each is one byte on standard output. Small
// inputs are committed together up to GROUP_ROWS rows.
import { writeSync } from 'node:fs';
import { ingest, KINDS } from '../../dist/ingest/index.js';
import { ensureModels } from '../../dist/build/current.js';
import { Ledger } from '../../dist/store/ledger.js';

const STEP_BYTES = 4096;
const [database, killAt, ...paths] = process.argv.slice(2);
let steps = 0;

function step(sign) {
  if (++steps === Number(killAt)) process.kill(process.pid, 'SIGKILL');
  writeSync(1, sign);
}

async function* inSteps(chunks) {
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += STEP_BYTES) {
      yield chunk.subarray(at, at + STEP_BYTES);
      step('.');
    }
  }
}

const kinds = KINDS.map((kind) => ({
  ...kind,
  sniff: (head, path) => kind.sniff(head, path),
  read: (input, sink, options) => kind.read({ ...input, chunks: inSteps(input.chunks) }, sink, options),
}));

const group = { rows: Number(process.env.GROUP_ROWS), milliseconds: Infinity };
const ledger = await Ledger.open(database, { group });
const { gaveNothing } = await ingest(ledger, paths, { kinds, onOutcome: () => step('o') });
await ensureModels(ledger.database, { onModel: () => step('.') });
ledger.close();
step('.');
process.exitCode = gaveNothing ? 2 : 0;
