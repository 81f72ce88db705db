import { Random } from '../traffic/random.js';
import { CaseWorker } from './case-worker.js';
import { loadSeeds } from './seeds.js';

const MOST_INPUTS = 5;

/** Ingests, models and queries sets of evidence, some of it damaged, until `until`; gives cases and finds. */
export async function runPipeline({ until, seed: start, say }) {
  const count = loadSeeds().length;
  const random = new Random(start);
  const worker = new CaseWorker('pipeline-worker.js');
  const finds = new Map();
  let cases = 0;
  while (performance.now() < until) {
    const seeds = Array.from({ length: random.between(1, MOST_INPUTS) }, () => random.between(0, count - 1));
    const damaged = seeds.filter(() => random.chance(0.5));
    const given = { seeds, damaged, random: random.between(0, 2 ** 31) };
    const { faults, stack } = await worker.run(given);
    cases++;
    for (const fault of faults) {
      const known = finds.get(fault) ?? { count: 0 };
      if (known.count++ === 0) say(`${fault}: ${JSON.stringify(given)}${stack ? `\n${stack}` : ''}`);
      finds.set(fault, known);
    }
  }
  worker.stop();
  return { cases, finds };
}
