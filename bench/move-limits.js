// Moves each limit by 30 % either way, alone, and runs the tests nearest to it; then makes each of the known
// mutations. Says which no test noticed, and writes docs/limits.md. What was found is remembered in bench/data/ while
// neither the changed file nor its tests change, so that a run that was stopped goes on.
//   node bench/move-limits.js [--only TEXT] [--jobs N]     TEXT: a part of a limit's name, or `mutations`; needs a built dist/
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { format } from 'prettier';
import { Remembered } from './support/remembered.js';
import { ChangedCopy } from './support/changed-copy.js';
import { knownLimits, moved } from './support/known-limits.js';
import { MUTATIONS } from './support/mutations.js';

const FACTORS = [0.7, 1.3];

const { values } = parseArgs({
  options: { only: { type: 'string' }, jobs: { type: 'string', default: String(availableParallelism()) } },
});
const limits = knownLimits().filter(({ name }) => !values.only || name.includes(values.only));
const mutations = values.only && values.only !== 'mutations' ? [] : MUTATIONS;
const tasks = [
  ...limits.flatMap((limit) =>
    FACTORS.map((factor) => ({
      name: `${limit.name} ${limit.value} -> ${moved(limit, factor)}`,
      of: limit,
      factor,
      change: (text) => limit.change(text, moved(limit, factor)),
    })),
  ),
  ...mutations.map((mutation) => ({
    name: mutation.what,
    of: mutation,
    change: (text) => text.replace(mutation.from, mutation.to),
  })),
];
if (tasks.length === 0) {
  console.error(`no limit's name has ${values.only} in it`);
  process.exit(2);
}

const started = performance.now();
const noticed = new Map();
const copies = Array.from({ length: Math.min(Number(values.jobs), tasks.length) }, () => new ChangedCopy());
process.on('exit', () => copies.forEach((copy) => copy.remove()));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130));

const remembered = new Remembered('bench/data/limits.json');
for (const task of tasks) {
  const test = remembered.get(task.of, task.change);
  if (test !== undefined) noticed.set(task, test);
}
const queue = tasks.filter((task) => !noticed.has(task));
console.log(`${tasks.length} changes, ${queue.length} of them to be made`);
await Promise.all(copies.map(work));
const missed = tasks.filter((task) => noticed.get(task) === null);
const minutes = ((performance.now() - started) / 60_000).toFixed(0);
console.log(`${tasks.length} changes in ${minutes} min, ${missed.length} of them noticed by no test`);
for (const { name } of missed) console.log(`  ${name}`);
if (!values.only)
  writeFileSync('docs/limits.md', await format(page(), { parser: 'markdown', printWidth: 110 }));
process.exitCode = missed.length > 0 ? 1 : 0;

async function work(copy) {
  for (let task = queue.shift(); task; task = queue.shift()) {
    const test = await copy.firstFailing(task.of.file, task.change, task.of.tests);
    noticed.set(task, test);
    remembered.set(task.of, task.change, test);
    console.log(`${test === null ? 'NOT NOTICED' : `${test} fails`}: ${task.name}`);
  }
}

function page() {
  const cell = (task) =>
    noticed.get(task) === null ? '**none**' : `${noticed.get(task).replace('test/', '')}`;
  const rows = limits.map((limit) => {
    const [less, more] = tasks.filter(({ of }) => of === limit).map(cell);
    return `| ${limit.name} | ${limit.value} | ${limit.unit} | ${less} | ${more} |`;
  });
  const others = tasks.filter(({ factor }) => factor === undefined);
  return `# Limits and the tests that hold them

Written by \`node bench/move-limits.js\`: each limit that models, causes and checks judge by
was moved by 30 % (a count to the next whole number beyond), alone, and the tests nearest to it were run. What each
limit means and where it comes from: queries/models/limits.yaml, the heads of queries/causes/, and
[reference/causes.md](reference/causes.md).

${missed.length === 0 ? 'Every change made a test fail.' : `${missed.length} of ${tasks.length} changes made no test fail.`}

| limit | default | unit | 30 % less fails | 30 % more fails |
| --- | --- | --- | --- | --- |
${rows.join('\n')}

The same for changes that no near test noticed once:

| change | where | fails |
| --- | --- | --- |
${others.map((task) => `| ${task.name} | ${task.of.file} | ${cell(task)} |`).join('\n')}
`;
}
