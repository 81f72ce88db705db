// Holds the build against the truth of recorded incidents and clusters (fixtures/recorded), two at a time:
//   npm run check:incidents [-- NAME...] [--beside FOLDER]        NAME: race-loss-1, or clusters/ptp-rollout-1
// FOLDER has recordings and checkers too (incidents/NAME/, check/incidents.py and so on); those that are others than the ones
// here are judged too, and a checker that is another one judges in the place of this one.
// One line for each recording and a total; exit code 1 where one falls short. Left out without python3.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { archiveOf, RECORDED, recordingsOf, unpack } from './support/recordings.js';

const CLI = join(import.meta.dirname, '../dist/cli.js');
const AT_A_TIME = 2;
/** What tshark is the witness of. */
const BY_TSHARK = 'transactions';
/** The kinds of recordings: the checker here, the same in another folder, and what it is asked. */
const KINDS = {
  incidents: {
    checker: 'check/incidents.py',
    there: 'check/incidents.py',
    asked: (folder) => [
      checks('lookups', 'transactions', 'logs', 'conntrack', 'verdicts', 'attribution', 'less'),
      join(folder, '..'),
      basename(folder),
    ],
  },
  'incidents-hard': {
    checker: 'check/incidents.py',
    there: 'check/incidents.py',
    // what truth/expect.json speaks of
    asked: (folder) => [
      checks('lookups', 'transactions', 'verdicts', 'attribution'),
      join(folder, '..'),
      basename(folder),
    ],
  },
  clusters: {
    checker: 'check/judge.py',
    there: 'cluster/judge.py',
    asked: (folder) => [folder],
  },
};

const { values, positionals: names } = parseArgs({
  allowPositionals: true,
  options: { beside: { type: 'string' } },
});
/** Checkers that are at it. */
const running = new Set();
const runs = (program) => spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0;
const hasTshark = runs('tshark');
if (!runs('python3')) console.log('left out: the checkers of recorded incidents need python3');
else await judgeAll();

async function judgeAll() {
  const folder = mkdtempSync(join(tmpdir(), 'dnslens-recorded-'));
  process.once('exit', () => {
    for (const child of running) child.kill();
    rmSync(folder, { recursive: true, force: true });
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(130));
  if (!hasTshark) console.log(`without tshark, which is the witness of ${BY_TSHARK}: those are not held`);
  const queue = await recordings(folder);
  const all = queue.length;
  const short = [];
  const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const started = performance.now();
      const { holds, said } = await judge(next);
      const seconds = ((performance.now() - started) / 1000).toFixed(0);
      if (holds) console.log(`${next.name}: as its truth has it (${seconds} s)`);
      else {
        short.push(next.name);
        console.log(`${next.name}: FALLS SHORT (${seconds} s)\n${said.replace(/^/gm, '  ')}`);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  console.log(
    `${all} recordings, ${short.length} fall short${short.length > 0 ? `: ${short.join(', ')}` : ''}`,
  );
  process.exitCode = short.length > 0 || all === 0 ? 1 : 0;
}

/** Those to be judged: name, folder and checker. */
async function recordings(folder) {
  const found = [];
  for (const kind of Object.keys(KINDS)) {
    const checker = checkerOf(kind);
    for (const name of recordingsOf(kind).filter(isAskedFor)) {
      found.push({ name, kind, checker, folder: await unpack(archiveOf(name), join(folder, kind)) });
    }
    for (const name of besides(kind).filter(isAskedFor)) {
      const here = found.find((one) => one.name === name);
      const there = join(values.beside, name);
      if (here === undefined || !isSame(here.folder, there))
        found.push({ name: `${name} in ${values.beside}`, kind, checker, folder: there });
    }
  }
  return found;
}

function isAskedFor(name) {
  return names.length === 0 || names.includes(name) || names.includes(basename(name));
}

/** The recordings of a kind beside those here, as `KIND/NAME`. */
function besides(kind) {
  if (values.beside === undefined || !existsSync(join(values.beside, kind))) return [];
  return readdirSync(join(values.beside, kind))
    .sort()
    .filter((name) => existsSync(join(values.beside, kind, name, 'truth')))
    .map((name) => `${kind}/${name}`);
}

function checkerOf(kind) {
  const here = join(RECORDED, KINDS[kind].checker);
  const there = join(values.beside ?? '', KINDS[kind].there);
  const isAnother =
    values.beside !== undefined && existsSync(there) && !readFileSync(there).equals(readFileSync(here));
  return isAnother ? there : here;
}

/** Whether two folders hold the same files with the same bytes. */
function isSame(one, other) {
  const [left, right] = [one, other].map((folder) =>
    readdirSync(folder, { recursive: true })
      .filter((file) => statSync(join(folder, file)).isFile())
      .sort(),
  );
  return (
    left.join('\n') === right.join('\n') &&
    left.every((file) => readFileSync(join(one, file)).equals(readFileSync(join(other, file))))
  );
}

function judge({ kind, checker, folder }) {
  const env = { ...process.env, DNSLENS: `'${process.execPath}' '${CLI}'` };
  const child = spawn('python3', [checker, ...KINDS[kind].asked(folder)], { env });
  running.add(child);
  let said = '';
  child.stdout.on('data', (chunk) => (said += chunk));
  child.stderr.on('data', (chunk) => (said += chunk));
  return new Promise((done, failed) => {
    child.on('error', failed);
    child.on('close', (code) => {
      running.delete(child);
      done({ holds: code === 0, said: said.trimEnd() });
    });
  });
}

function checks(...all) {
  return all.filter((one) => hasTshark || one !== BY_TSHARK).join(',');
}
