import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { dnslens, PROGRAM, type Ran, temporaryFolder } from '../support/cli.js';

const LINE = '[INFO] 10.0.0.1:4242 - 7 "A IN a.example. udp 28 false 512" NOERROR qr,rd,ra 54 0.0012s\n';
const MANY = "sql 'select i from range(200000) as r(i)' --csv";

let database: Buffer;
beforeAll(() => {
  const cwd = mkdtempSync(join(tmpdir(), 'dnslens-test-'));
  writeFileSync(join(cwd, 'a.log'), LINE);
  dnslens(['ingest', 'a.log'], { cwd });
  database = readFileSync(join(cwd, 'dnslens.duckdb'));
  rmSync(cwd, { recursive: true });
}, 60_000);

/** A folder with a database. */
function place(): string {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, 'a.log'), LINE);
  writeFileSync(join(cwd, 'dnslens.duckdb'), database);
  return cwd;
}

/** Runs a line of the shell, where $D is the program. */
function shell(cwd: string, line: string): Ran {
  const D = `${process.execPath} ${PROGRAM}`;
  const { status, stdout, stderr } = spawnSync('bash', ['-c', line], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, D },
  });
  return { code: status, stdout, stderr };
}

describe.skipIf(!existsSync('/dev/full'))('standard output that is full', () => {
  it.each(['report --fail-on possible', '--version', 'queries', MANY])(
    'is a sentence and exit code 2: %s',
    (command) => {
      const { code, stderr } = shell(place(), `$D ${command} > /dev/full`);
      expect(stderr).toBe('dnslens: standard output cannot be written: there is no room left; make room\n');
      expect(code).toBe(2);
    },
  );

  it('ends no ingest, which reads what it was given and then says so', () => {
    const cwd = temporaryFolder();
    for (const name of ['a.log', 'b.log']) writeFileSync(join(cwd, name), LINE.replace('a.example', name));
    const { code, stderr } = shell(cwd, '$D ingest a.log b.log > /dev/full');
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^dnslens: standard output .*\n$/)]);
    expect(JSON.parse(dnslens(['sql', 'select path from sources', '--json'], { cwd }).stdout)).toHaveLength(
      2,
    );
  });

  it('beside a full standard error is exit code 2 all the same', () => {
    expect(shell(place(), '$D report > /dev/full 2> /dev/full').code).toBe(2);
  });
});

it('standard output that takes a part only, as a disk that fills up does, is not taken for whole', () => {
  const cwd = place();
  const { code, stderr } = shell(cwd, 'ulimit -f 1; $D --help > out');
  expect(statSync(join(cwd, 'out')).size).toBe(1024);
  expect(stderr).toMatch(
    /^dnslens: standard output cannot be written: it would be larger than a file may be/,
  );
  expect(code).toBe(2);
});

describe('a file that -o names', () => {
  it.each([
    [
      'a query that fails late',
      `sql "select case when i > 90000 then error('boom') else i end from range(100000) as r(i)" --csv`,
      '',
    ],
    ['a disk that fills up', MANY, 'ulimit -f 8; '],
  ])('stays as it was after %s, and nothing is left beside it', (_, command, before) => {
    const cwd = place();
    writeFileSync(join(cwd, 'out.csv'), 'earlier\n');
    const files = readdirSync(cwd);
    const { code, stderr } = shell(cwd, `${before}$D ${command} -o out.csv`);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^dnslens: [^\n]+\n$/)]);
    expect(readFileSync(join(cwd, 'out.csv'), 'utf8')).toBe('earlier\n');
    expect(readdirSync(cwd)).toEqual(files);
  });

  it('is written where a link leads, also where nothing is there yet, with the permissions that were there', () => {
    const cwd = place();
    writeFileSync(join(cwd, 'old'), 'earlier\n', { mode: 0o640 });
    symlinkSync('old', join(cwd, 'link'));
    symlinkSync('new', join(cwd, 'dangling'));
    shell(cwd, '$D report -o link; $D report -o dangling');
    const { stdout } = dnslens(['report'], { cwd });
    for (const name of ['old', 'link', 'new', 'dangling']) {
      expect(readFileSync(join(cwd, name), 'utf8')).toBe(stdout);
    }
    expect(statSync(join(cwd, 'old')).mode & 0o777).toBe(0o640);
  });

  it.each([
    ['a descriptor', '$D report -o /dev/stdout >> out; $D report -o /dev/fd/3 3>> out', 2],
    ['a FIFO', 'mkfifo f; cat f > out & $D report -o f; wait', 1],
    ['a pipe', '$D report -o /dev/stdout | cat > out', 1],
  ])('may be %s, which is written as it is', (_, line, times) => {
    const cwd = place();
    expect(shell(cwd, line)).toMatchObject({ code: 0, stderr: '' });
    expect(readFileSync(join(cwd, 'out'), 'utf8')).toBe(dnslens(['report'], { cwd }).stdout.repeat(times));
  });

  it('may be a FIFO whose reader leaves', () => {
    expect(shell(place(), `mkfifo f; head -1 f > /dev/null & $D ${MANY} -o f`)).toMatchObject({
      code: 0,
      stderr: '',
    });
  });

  it.each([
    ['report -o none/x', 'none/x cannot be written: the folder none does not exist; make it first'],
    ['report -o a.log/x', 'a.log/x cannot be written: a part of its path is a file and no folder'],
    ['report -o .', '. cannot be written: it is a folder; name a file'],
    ['report -o /dev/full', '/dev/full cannot be written: there is no room left; make room'],
    ['export --out a.log', 'a.log is a file; name a folder to write into'],
    ['export --parquet a.log', 'a.log is a file; name a folder to write into'],
    ['ingest a.log/x --quiet', 'a.log/x cannot be read: a part of its path is a file and no folder'],
  ])('or another place that cannot be used is one sentence: %s', (command, sentence) => {
    expect(shell(place(), `$D ${command}`)).toMatchObject({ code: 2, stderr: `dnslens: ${sentence}\n` });
  });
});

describe('a machine that has too little', () => {
  it.each([22, 36])('of files that may be open (%i) is a sentence and exit code 2', (files) => {
    const { code, stderr } = shell(place(), `ulimit -n ${files}; $D report`);
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/^dnslens: [^\n]*(EMFILE|may open no more files)[^\n]*\n$/),
    ]);
  });

  it('of a folder for temporary files is a sentence and exit code 2', () => {
    const { code, stderr } = dnslens(['report', '--redact'], { cwd: place(), env: { TMPDIR: '/none' } });
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(
        /^dnslens: [^\n]*\/none[^\n]*: it does not exist; or name another with TMPDIR\n$/,
      ),
    ]);
  });
});

describe('a Node that is too old', () => {
  /** Runs the program where Node says that it is of another version. */
  const as = (version: string) =>
    spawnSync(
      process.execPath,
      [
        '--import',
        `data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'${version}'}})`,
        PROGRAM,
        '--version',
      ],
      { encoding: 'utf8' },
    );

  it.each(['18.20.8', '20.18.3'])('%s is told by our sentence, whatever a library would say', (version) => {
    const { status, stdout, stderr } = as(version);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toBe(
      `dnslens: this is Node ${version}, and dnslens needs Node 20.19 or later; install one, such as the LTS from https://nodejs.org\n`,
    );
  });

  it.each(['20.19.0', '22.1.0', '100.0.0'])('is not %s', (version) => {
    expect(as(version).status).toBe(0);
  });

  it('meets nothing but Node itself before that', () => {
    const entry = readFileSync(PROGRAM, 'utf8');
    const imported = [...entry.matchAll(/^import .* from '([^']+)'/gm)].map((found) => found[1]!);
    expect(imported.filter((name) => !name.startsWith('node:'))).toEqual([]);
  });
});
