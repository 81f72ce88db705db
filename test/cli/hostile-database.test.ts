import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS, commandOf, type CommandName } from '../../src/cli/grammar/commands.js';
import { openForReading } from '../../src/build/reading.js';
import { UserError } from '../../src/base/user-error.js';
import { dnslens } from '../support/cli.js';
import { plainDuckDb } from '../support/duckdb.js';
import { evidence } from '../support/incident.js';
import { HOSTILE, reads, STALE } from './hostile-files.js';

/** What a file may not make dnslens read. */
const SECRET = 'canary7731';
const CHILD = join(import.meta.dirname, 'commands-child.mjs');
const HAS_STRACE = spawnSync('strace', ['-V']).status === 0;

const KEY = 'a key of this test';
const LINE = '[INFO] 10.0.0.1:4242 - 7 "A IN a.example. udp 28 false 512" NOERROR qr,rd,ra 54 0.0012s\n';

let folder: string;
let good: string;
let secret: string;
let bait: string;
let log: string;
let goodLake: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dnslens-hostile-'));
  good = join(folder, 'good.duckdb');
  bait = join(folder, 'bait');
  secret = join(folder, 'secret.csv');
  writeFileSync(secret, `a\n${SECRET}\n`);
  log = join(folder, 'one.log');
  writeFileSync(log, LINE);
  goodLake = join(folder, 'good-lake');
  dnslens(['ingest', ...evidence('seed-walkthrough-1', /resolv|Corefile/), '--db', good, '-q']);
  dnslens(['export', '--parquet', goodLake, '--db', good, '-q']);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

/** What every command is run on: one of each of these, in turn, as each is told by other means. */
const KINDS: readonly (readonly string[])[] = [
  ['a stale database with a schema named attach', 'a computed column, of another version'],
  ['a table of main whose name ends in copy', 'a computed column', 'a type', 'a schema of its own'],
  [
    'a table of raw with a column named set',
    'a view in raw',
    'a view in the place of raw.meta',
    'a check',
    'a default',
    'a table less',
  ],
];

/** What every command says of them. */
const REFUSED = /(?:holds|was made by|is a DuckDB file that dnslens did not make)/;

/** Commands that open no database, or none but their own; mcp runs the others, watch makes its own. */
const WITHOUT: readonly CommandName[] = ['collect', 'queries', 'completions', 'man', 'mcp', 'watch'];

/** How commands open a database, where their name and any words do not say all ways. */
const WAYS: Partial<Record<CommandName, (db: string) => string[][]>> = {
  ingest: () => [
    ['ingest', log],
    ['ingest', log, '--force'],
  ],
  diagnose: () => [['diagnose', log]],
  report: () => [['report'], ['report', '--redact'], ['report', 'traffic/names', '--json']],
  sql: () => [['sql', 'from sources']],
  explain: () => [
    ['explain', '1'],
    ['explain', 'conntrack-race'],
    ['explain', 'a.example', '--redact'],
  ],
  'what-if': () => [['what-if', '--ndots', '2']],
  fix: () => [['fix', 'conntrack-race']],
  compare: (db) => [
    ['compare', db, good],
    ['compare', good, db],
    ['compare', '10:00..10:05', '10:05..10:10'],
  ],
  export: () => [
    ['export', '--out', join(folder, 'out')],
    ['export', '--out', join(folder, 'out'), '--redact'],
    ['export', '--parquet', join(folder, 'lake')],
  ],
  lake: () => [['lake', 'views', goodLake]],
  doctor: () => [['doctor']],
};

/** Every command's ways to open a database, by the table that the program itself has its commands from. */
function allWays(db: string): string[][] {
  return (Object.keys(COMMANDS) as CommandName[])
    .filter((name) => !WITHOUT.includes(name))
    .flatMap((name) => {
      const { operand } = commandOf(name);
      return WAYS[name]?.(db) ?? [[name, ...Array.from({ length: operand?.least ?? 0 }, () => '1')]];
    })
    .map((args) => [...args, '--db', db]);
}

/** Commands that open a database of somebody else's. */
const READING = (db: string): string[][] => [
  ['report', '--db', db],
  ['sql', 'select path, kind from sources', '--db', db],
  ['explain', '1', '--db', db],
  ['what-if', '--ndots', '2', '--db', db],
  ['fix', 'conntrack-race', '--db', db],
  ['compare', db, good],
  ['export', '--out', join(folder, 'out'), '--csv', '--db', db],
  ['export', '--parquet', join(folder, 'lake'), '--db', db],
  ['report', '--redact', '--db', db],
  ['doctor', '--db', db],
];

async function prepare(statements: readonly string[], name = 'evil.duckdb'): Promise<string> {
  const path = join(folder, name);
  for (const ending of ['', '.wal']) rmSync(`${path}${ending}`, { force: true });
  copyFileSync(good, path);
  const database = await plainDuckDb(path);
  for (const statement of statements) await database.run(statement);
  database.close();
  return path;
}

describe('a database from someone else', () => {
  it.each(HOSTILE)('with %s is refused in a sentence, and nothing of it is run', async (_, statements) => {
    const db = await prepare(statements({ secret, bait }));
    const before = readFileSync(db);
    const refusal: unknown = await openForReading(db).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(UserError);
    expect(String(refusal)).toMatch(/ holds (?:an? |no )|that dnslens did not make/);
    expect(readFileSync(db).equals(before)).toBe(true);
    expect(bites()).toEqual([]);
  });

  it(`is refused by every command, exit code 2, and stays as it is${HAS_STRACE ? ', with no other file opened' : ' (whether other files are opened is not seen: no strace)'}`, async () => {
    const runs: (readonly [string, string[]])[] = [];
    const files = new Map<string, string>();
    for (const [i, kind] of KINDS.flat().entries()) {
      const [, statements] = HOSTILE.find(([what]) => what === kind)!;
      files.set(kind, await prepare(statements({ secret, bait }), `evil-${i}.duckdb`));
    }
    for (const kinds of KINDS) {
      const turns = kinds.map((kind) =>
        allWays(files.get(kind)!).map((args) => [files.get(kind)!, args] as const),
      );
      turns[0]!.forEach((_, i) => runs.push(turns[i % turns.length]![i]!));
    }
    expect(new Set(runs.map(([db]) => db)).size).toBe(files.size);
    const { text, opened } = traced([CHILD], JSON.stringify(runs));
    const results = JSON.parse(text) as Result[];
    expect(results).toHaveLength(runs.length);
    for (const [i, { code, text: all, said, changed }] of results.entries()) {
      const [, args] = runs[i]!;
      const run = args.join(' ');
      // what ails a database is what doctor is asked
      const asked = args[0] === 'doctor';
      expect({ run, code, changed }).toEqual({ run, code: asked ? 0 : 2, changed: false });
      expect({ run, said: asked ? all : said }).toEqual({
        run,
        said: expect.stringMatching(
          asked ? REFUSED : new RegExp(`^(?:dnslens: |\\{"error":)[^\\n]+ ${REFUSED.source}[^\\n]*\\n$`),
        ) as string,
      });
      expect({ run, leaks: all.includes(SECRET) }).toEqual({ run, leaks: false });
    }
    expect(opened.filter(isStrange)).toEqual([]);
    expect(bites()).toEqual([]);
  }, 300_000);

  it('has every command of the program in its lists, and none that there is not', () => {
    const names = Object.keys(COMMANDS);
    for (const name of [...WITHOUT, ...Object.keys(WAYS)]) expect(names).toContain(name);
  });

  it.skipIf(!HAS_STRACE)(
    'runs nothing that it declares, whatever command reads it or reads into it, and only what writes changes it',
    async () => {
      const db = await prepare([
        `create or replace view main.sources as select 1 as source_id, content as path, 'log' as kind, 1 as rows, 0 as problems ${reads({ secret, bait })}`,
        `create or replace macro main.regexp_like(a, b) as (select content = '' ${reads({ secret, bait })})`,
        `create macro main.count(x) as (select length(content) ${reads({ secret, bait })})`,
        'create view main.endless as with recursive r as (select 1 as i union all select i + 1 from r) from r',
        STALE,
      ]);
      const before = readFileSync(db);
      const run = (commands: string[][]) => {
        const { text, opened } = traced([CHILD], JSON.stringify(commands.map((args) => [db, args])));
        for (const [i, { text: said, code }] of (JSON.parse(text) as Result[]).entries()) {
          const told = { args: commands[i], leaks: said.includes(SECRET), bug: code === 3 };
          expect(told).toEqual({ args: commands[i], leaks: false, bug: false });
        }
        expect(opened.filter(isStrange)).toEqual([]);
      };
      run(READING(db));
      expect(readFileSync(db).equals(before)).toBe(true);
      run([
        ['ingest', log, '--db', db],
        ['rebuild', '--db', db],
        ['sql', 'from sources', '--db', db],
      ]);
      expect(bites()).toEqual([]);
    },
    300_000,
  );
});

/** What commands-child.mjs gives of a run. */
interface Result {
  code: number;
  text: string;
  said: string;
  changed: boolean;
}

function isStrange(path: string): boolean {
  return path.startsWith(secret) || path.startsWith(bait) || path.includes('.duckdb_extension');
}

/** What a statement of the file has written. */
function bites(): string[] {
  return readdirSync(folder).filter((name) => name.startsWith('bait'));
}

/** Runs a script; gives what it printed and, where strace is there, the paths that it opened, or tried to. */
function traced(args: readonly string[], input = ''): { text: string; opened: string[] } {
  const calls = join(folder, 'strace.log');
  const { PATH, HOME } = process.env;
  const strace = ['strace', '-f', '--seccomp-bpf', '-qq', '-e', 'trace=open,openat,creat', '-o', calls];
  const [program, ...rest] = [...(HAS_STRACE ? strace : []), process.execPath, ...args];
  const { stdout, stderr } = spawnSync(program!, rest, {
    encoding: 'utf8',
    env: { PATH, HOME, LANG: 'C.UTF-8', TMPDIR: folder, DNSLENS_REDACT_KEY: KEY },
    input,
    maxBuffer: 1 << 28,
  });
  if (!HAS_STRACE) return { text: stdout + stderr, opened: [] };
  const opened = [
    ...readFileSync(calls, 'utf8').matchAll(/(?:open(?:at)?|creat)\((?:AT_FDCWD, )?"([^"]+)"/g),
  ].map(([, path]) => path!);
  expect(opened).toContain(args[0]);
  return { text: stdout + stderr, opened };
}
