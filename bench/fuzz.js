// Looks for input that makes dnslens fail:
//   npm run fuzz -- [--minutes 1] [--seed N] [--only mutation,pipeline,property,differential,tables] [--also FOLDER]...
// --also adds a folder with evidence to the fixtures.
// Exit code 1 where something was found; finds are kept in bench/data/finds.
import { parseArgs } from 'node:util';
import { runDifferential } from './fuzz/differential.js';
import { runMutation } from './fuzz/mutation.js';
import { runPipeline } from './fuzz/pipeline.js';
import { runProperties } from './fuzz/property.js';
import { addFolders } from './fuzz/seeds.js';
import { runTables } from './fuzz/tables.js';

const KINDS = {
  mutation: runMutation,
  pipeline: runPipeline,
  property: runProperties,
  differential: runDifferential,
  tables: runTables,
};

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    only: { type: 'string', default: Object.keys(KINDS).join(',') },
    also: { type: 'string', multiple: true, default: [] },
  },
});
const minutes = Number(values.minutes);
const seed = Number(values.seed);
const chosen = values.only.split(',');
const unknown = chosen.find((kind) => !(kind in KINDS));
if (unknown || !(minutes > 0) || !Number.isInteger(seed)) {
  console.error(
    'usage: npm run fuzz -- [--minutes N] [--seed N] [--only mutation,pipeline,property,differential,tables] [--also FOLDER]...',
  );
  process.exit(2);
}

addFolders(values.also);
let found = 0;
for (const kind of chosen) {
  console.log(`${kind}: ${minutes / chosen.length} minutes, seed ${seed}`);
  const until = performance.now() + (minutes / chosen.length) * 60_000;
  const { cases, megabytes, finds } = await KINDS[kind]({ until, seed, say: (text) => console.log(text) });
  console.log(
    `${kind}: ${cases} cases${megabytes ? ` of ${megabytes} MB` : ''}, ${finds.size} kinds of finds`,
  );
  for (const [fault, { count }] of finds) console.log(`  ${count} times: ${fault}`);
  found += finds.size;
}
process.exitCode = found > 0 ? 1 : 0;
