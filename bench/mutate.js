// Changes one small thing at a time in src/ and queries/, chosen by chance, and runs the tests nearest to it:
//   node bench/mutate.js [--count 200] [--seed 1] [--only TEXT] [--jobs N] [--floor PERCENT] [--write]     TEXT: a part of a file's path
// Says what no near test noticed, and the share that was noticed; --write puts them into docs/mutations.md. Exit code 1 where the share
// is below the floor. What was found is remembered in bench/data/ while neither the file nor its tests change, so that a run that was
// stopped goes on. What nobody can see is in support/equivalents.js, with the reason, and is not counted.
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { format } from 'prettier';
import { globSync } from 'tinyglobby';
import xxhash from 'xxhash-wasm';
import { ChangedCopy } from './support/changed-copy.js';
import { whyEquivalent } from './support/equivalents.js';
import { NearestTests } from './support/nearest-tests.js';
import { Remembered } from './support/remembered.js';
import { mutantsOf } from './support/mutants.js';

/** Test files that are run for one mutant; the nearest come first. */
const MOST_TESTS = 5;
/** Some of them are slow, or do not run in a copy. */
const MOST_CANDIDATES = 9;
/** Nearly all tests of cli run the built program, so that none is near to a file of it. */
const FILES = ['src/**/*.ts', '!src/cli/**', '!src/cli.ts', 'queries/**/*.sql'];

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
    jobs: { type: 'string', default: String(availableParallelism()) },
    floor: { type: 'string', default: '0' },
    write: { type: 'boolean' },
  },
});
const { h64: xxh64 } = await xxhash();
const nearest = new NearestTests();
const chosen = sample(
  globSync(FILES)
    .sort()
    .filter((file) => file.includes(values.only)),
);
const started = performance.now();
const remembered = new Remembered('bench/data/mutants.json');
const copies = Array.from({ length: Number(values.jobs) }, () => new ChangedCopy());
process.on('exit', () => copies.forEach((copy) => copy.remove()));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130));
const queue = [...chosen];
await Promise.all(copies.map(work));
const unknown = chosen.filter(({ fate }) => fate === 'no test near').length;
const alike = chosen.filter(({ fate, why }) => fate === 'none' && why !== undefined);
const missed = chosen.filter(({ fate, why }) => fate === 'none' && why === undefined);
const counted = chosen.length - unknown - alike.length;
const percent = counted === 0 ? 100 : Math.round((100 * (counted - missed.length)) / counted);
const score = `${counted - missed.length} of ${counted} noticed (${percent} %)`;
const minutes = ((performance.now() - started) / 60_000).toFixed(0);
console.log(`${score}, ${alike.length} that cannot be seen, ${unknown} with no test near, in ${minutes} min`);
for (const mutant of missed) console.log(`  ${describe(mutant)}`);
if (percent < Number(values.floor)) {
  console.log(`below the floor of ${values.floor} %`);
  process.exitCode = 1;
}
if (values.write)
  writeFileSync('docs/mutations.md', await format(page(), { parser: 'markdown', printWidth: 110 }));

/**
 * Each file is as likely as it has mutants. The same seed gives the same choice, but for the lines that were changed: each mutant
 * draws a number by itself, and those with the smallest are taken.
 */
function sample(files) {
  const drawn = files
    .flatMap(mutantsOf)
    .map((mutant) => ({ mutant, draw: xxh64(`${values.seed}\n${mutant.key}`) }));
  drawn.sort((a, b) => (a.draw < b.draw ? -1 : 1));
  return drawn.slice(0, Number(values.count)).map(({ mutant }) => mutant);
}

async function work(copy) {
  for (let mutant = queue.shift(); mutant; mutant = queue.shift()) {
    mutant.fate = await fateOf(copy, mutant);
    mutant.why = whyEquivalent(mutant);
    console.log(`${mutant.fate === 'none' ? 'NOT NOTICED' : mutant.fate}: ${describe(mutant)}`);
  }
}

/** The test that notices it, `none`, or `no test near`. Those of the built program are asked last, as they take long. */
async function fateOf(copy, { file, text }) {
  const inRooms = nearest.of(file).filter((test) => !test.startsWith('test/cli/'));
  const first = await fateAmong(copy, file, text, inRooms.slice(0, MOST_CANDIDATES), MOST_TESTS);
  if (first !== 'none' && first !== 'no test near') return first;
  const last = await fateAmong(copy, file, text, nearest.ofProgram(file), MOST_TESTS);
  return last === 'no test near' ? first : last;
}

async function fateAmong(copy, file, text, candidates, most) {
  const of = { file, tests: candidates };
  const known = remembered.get(of, () => text);
  if (known !== undefined) return known;
  const near = [];
  for (const test of candidates) {
    if (near.length < most && (await copy.isSound(test))) near.push(test);
  }
  const fate =
    near.length === 0 ? 'no test near' : ((await copy.firstFailing(file, () => text, near)) ?? 'none');
  remembered.set(of, () => text, fate);
  return fate;
}

function describe({ file, line, what }) {
  return `${file}:${line} ${what}`;
}

function page() {
  const cell = (text) => `\`${text.replace(/\|/g, '\\|').replace(/\s+/g, ' ')}\``;
  const row = ({ file, line, what }, ...more) => `| ${[file, line, cell(what), ...more].join(' | ')} |`;
  return `# Mutations

\`node bench/mutate.js --count ${values.count} --seed ${values.seed} --write\` wrote this. It chooses places of src/ (without cli/, whose tests run
the built program) and of queries/ by chance, makes one small change in each, alone (\`<\` to \`<=\`, \`and\` to \`or\`, a condition dropped or
negated, a number one more, \`=\` to \`<>\`, a left join to a join), and runs up to ${MOST_TESTS} test files that are nearest to it, and
where none of them notices those of the built program that have the name of its room. \`.ci/nightly\` does
the same with another seed each night, and fails below its floor.

**${score}.** ${unknown} more lie where no test file is near, and ${alike.length} change nothing that can be
seen. A seed that was tried before scores higher than a new one,
as tests were added for what it left unnoticed. What each limit's tests notice has a page of its own, [limits.md](limits.md).

| not noticed | line | change |
| --- | --- | --- |
${missed.map((one) => row(one)).join('\n')}

| cannot be seen | line | change | why |
| --- | --- | --- | --- |
${alike.map((one) => row(one, one.why)).join('\n')}
`;
}
