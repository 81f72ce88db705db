import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Random } from '../traffic/random.js';
import { CaseWorker } from './case-worker.js';
import { minimise } from './minimise.js';
import { loadSeeds } from './seeds.js';

const FINDS = join(import.meta.dirname, '..', 'data', 'finds');

const CASES_A_SEED = 20;

/** Damages evidence until `until` (performance.now()); gives how many cases and what was found. */
export async function runMutation({ until, seed: start, say }) {
  const seeds = loadSeeds();
  const random = new Random(start);
  const worker = new CaseWorker('worker.js');
  const finds = new Map();
  let cases = 0;
  let bytes = 0;
  while (performance.now() < until) {
    const seed = random.between(0, seeds.length - 1);
    for (let i = 0; i < CASES_A_SEED; i++) {
      const given = { seed, other: random.between(0, seeds.length - 1), random: random.between(0, 2 ** 31) };
      const result = await worker.run(given);
      cases++;
      bytes += result.read ?? 0;
      for (const fault of result.faults) {
        const known = finds.get(fault);
        if (known) known.count++;
        else finds.set(fault, { count: 1, ...(await keep(worker, fault, seeds[seed].name, given, result, say)) });
      }
    }
  }
  worker.stop();
  return { cases, megabytes: Math.round(bytes / 1e6), finds };
} // prettier-ignore

/** Writes a find to bench/data/finds, as small as it can be made. */
async function keep(worker, fault, name, given, result, say) {
  say(`${fault}: ${name}, ${JSON.stringify(given)} ${result.done ?? ''}`);
  if (result.stack) say(result.stack.split('\n').slice(0, 4).join('\n'));
  if (!result.bytes) return { file: null };
  const shows = async (bytes) => {
    const { faults } = await worker.run({ name, bytes: bytes.toString('base64') });
    return faults.includes(fault);
  };
  const smallest = await minimise(Buffer.from(result.bytes, 'base64'), shows);
  mkdirSync(FINDS, { recursive: true });
  const file = join(FINDS, createHash('sha256').update(fault).digest('hex').slice(0, 12));
  writeFileSync(file, smallest);
  writeFileSync(`${file}.txt`, `${fault}\n${name}\n${JSON.stringify(given)}\n${result.stack ?? ''}\n`);
  say(`  kept in ${file}, ${smallest.length} bytes`);
  return { file };
}
