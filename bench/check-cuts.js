// Takes evidence away from recorded incidents, in every way of cuts/cuts.js, and says where less evidence makes dnslens
// surer: a cause that the whole evidence does not show is likely or confirmed, or one that it shows is ruled out while
// the cut still has lookups that were hurt by it.
//
//   node bench/check-cuts.js FOLDER... [--only TEXT]... [--cut TEXT]... [--surer]
//
// FOLDER is an incident, or holds some, or is an archive of one (fixtures/recorded). Exit code 1 where something is said; with --surer only
// where a cause is likely or confirmed that the whole evidence does not show: the rest may be right, and is for a person to read.
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { CUTS } from './cuts/cuts.js';
import { isRecording, unpack } from './support/recordings.js';

const CLI = join(import.meta.dirname, '..', 'dist', 'cli.js');
const SURE = ['likely', 'confirmed'];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string', multiple: true },
    cut: { type: 'string', multiple: true },
    surer: { type: 'boolean' },
  },
});

const cuts = Object.entries(CUTS).filter(([what]) => fits(values.cut, what));
const temporary = mkdtempSync(join(tmpdir(), 'dnslens-cuts-'));
let said = 0;
let surer = 0;
let judged = 0;
let folders = [];

try {
  for (const path of positionals) folders.push(...(await incidentsOf(path)));
  folders = folders.filter((path) => fits(values.only, basename(path)));
  for (const folder of folders) {
    const files = filesOf(folder);
    const whole = judgedOf(files);
    for (const [what, cut] of cuts) {
      const names = files.map(({ name }) => name);
      const left = files
        .map(({ name, path, bytes }) => ({ name, path, bytes: cut(name, bytes, names) }))
        .filter(({ bytes }) => bytes !== null);
      if (
        left.length === 0 ||
        (left.length === files.length && left.every(({ bytes }, i) => bytes === files[i].bytes))
      )
        continue;
      judged++;
      for (const fault of faultsOf(whole, judgedOf(left))) {
        said++;
        if (fault.isSurer) surer++;
        console.log(`${basename(folder)}, ${what}: ${fault.text}`);
      }
    }
  }
} finally {
  rmSync(temporary, { recursive: true });
}
console.log(
  `${judged} cuts of ${folders.length} incidents, ${said} said more than the whole evidence, ${surer} of them were surer`,
);
process.exitCode = (values.surer ? surer : said) > 0 ? 1 : 0;

async function incidentsOf(path) {
  if (isRecording(path)) return [await unpack(path, join(temporary, 'recorded'))];
  if (existsSync(join(path, 'truth'))) return [path];
  return readdirSync(path)
    .map((name) => join(path, name))
    .filter((one) => statSync(one).isDirectory());
}

/** Whether a name has one of the texts that were asked for, or none was. */
function fits(texts, name) {
  return texts === undefined || texts.some((text) => name.includes(text));
}

/** The evidence of an incident, without its truth. */
function filesOf(folder, within = '') {
  return readdirSync(join(folder, within), { withFileTypes: true })
    .filter(({ name }) => name !== 'truth')
    .flatMap((entry) => {
      const path = join(within, entry.name);
      if (entry.isDirectory()) return filesOf(folder, path);
      return [{ name: entry.name, path, bytes: readFileSync(join(folder, path)) }];
    });
}

/** What dnslens says of files: its causes by name. */
function judgedOf(files) {
  const folder = join(temporary, 'evidence');
  const db = join(temporary, 'cut.duckdb');
  rmSync(folder, { recursive: true, force: true });
  rmSync(db, { force: true });
  for (const { path, bytes } of files) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    // what was cut is no longer compressed
    const plain = path.endsWith('.gz') && bytes[0] !== 0x1f ? path.slice(0, -3) : path;
    writeFileSync(join(folder, plain), bytes);
  }
  const out = execFileSync(process.execPath, [CLI, 'diagnose', folder, '--json', '--db', db], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return new Map(JSON.parse(out).map((cause) => [cause.cause, cause]));
}

function* faultsOf(whole, cut) {
  for (const [cause, { verdict, summary, lookups, findings }] of cut) {
    const before = whole.get(cause);
    if (SURE.includes(verdict) && !SURE.includes(before?.verdict))
      yield {
        isSurer: true,
        text: `${cause} is ${verdict}, was ${before?.verdict}: ${summary}; ${findings.join('; ')}`,
      };
    else if (lookups > 0 && !SURE.includes(before?.verdict) && before?.verdict !== 'possible')
      yield {
        isSurer: false,
        text: `${lookups} lookups are blamed on ${cause} (${verdict}), which was ${before?.verdict}`,
      };
    else if (verdict === 'ruled_out' && SURE.includes(before?.verdict))
      yield {
        isSurer: false,
        text: `${cause} is ruled out, was ${before.verdict}: ${summary}; ${findings.join('; ')}`,
      };
  }
}
