import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tmpdir } from 'node:os';
import { dnslens, PROGRAM, temporaryFolder } from '../../support/cli.js';
import { emptyDatabase } from '../../support/empty-database.js';

let folder: string;
let db: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dnslens-sql-'));
  db = join(folder, 'a.duckdb');
  await emptyDatabase(db);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('dnslens sql', () => {
  it('prints a table', () => {
    expect(dnslens(['sql', 'select 12345 as n', '--db', db]).stdout).toBe('     n\n──────\n12,345\n');
  });

  it('prints JSON with numbers and booleans', () => {
    const { stdout } = dnslens(['sql', 'select count(*) as n, true as b, null as x', '--db', db, '--json']);
    expect(JSON.parse(stdout)).toEqual([{ n: 1, b: true, x: null }]);
  });

  it('takes `-o -` for standard output, colours and all', () => {
    const asked = ['sql', 'select 1 as n', '--db', db];
    const env = { FORCE_COLOR: '1' };
    const { stdout } = dnslens(asked, { env });
    expect(stdout).toContain('\u001b[');
    expect(dnslens([...asked, '-o', '-'], { env }).stdout).toBe(stdout);
  });

  it('takes the database from DNSLENS_DB', () => {
    expect(dnslens(['sql', 'select 1 as n', '--csv'], { env: { DNSLENS_DB: db } }).stdout).toBe('n\n1\n');
  });

  it('takes dnslens.duckdb of the working directory by default', () => {
    const { stderr } = dnslens(['sql', 'select 1'], { cwd: temporaryFolder() });
    expect(stderr).toContain('There is no database dnslens.duckdb yet');
  });

  it('reads statements from standard input', () => {
    const { stdout } = dnslens(['sql', '--db', db], { input: 'select 1 as a;\nselect 2 as b;\n' });
    expect(stdout).toBe('a\n─\n1\n\nb\n─\n2\n');
  });

  it('writes into a file', () => {
    const file = join(temporaryFolder(), 'out.csv');
    expect(dnslens(['sql', 'select 1 as n', '--csv', '-o', file, '--db', db])).toEqual({
      code: 0,
      stdout: '',
      stderr: '',
    });
    expect(readFileSync(file, 'utf8')).toBe('n\n1\n');
  });

  it('says in a sentence that a file cannot be written', () => {
    const { code, stderr } = dnslens(['sql', 'select 1', '-o', join(folder, 'no', 'way.txt'), '--db', db]);
    expect(stderr).toMatch(/^dnslens: .*way\.txt cannot be written: /);
    expect(code).toBe(2);
  });

  it.each([
    'create table x (a integer)',
    "copy (select 1) to 'stolen.csv'",
    "select * from read_csv('/etc/passwd')",
    "attach 'other.duckdb'",
    'set enable_external_access = true',
    'install httpfs',
    'insert into raw.sources select * from raw.sources',
  ])('refuses to do more than read: %s', (statement) => {
    const cwd = temporaryFolder();
    const { code, stdout, stderr } = dnslens(['sql', statement, '--db', db], { cwd });
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^dnslens: /);
    expect(existsSync(join(cwd, 'stolen.csv'))).toBe(false);
  });

  it('points at the place of an error', () => {
    const { code, stderr } = dnslens(['sql', 'select * form x', '--db', db]);
    expect(stderr).toBe(
      'dnslens: syntax error at or near "x"\nLINE 1: select * form x\n                      ^\n',
    );
    expect(code).toBe(2);
  });

  it.each(['', '-- only a comment'])('refuses %j, in which there is no statement', (input) => {
    const { code, stderr } = dnslens(['sql', '--db', db], { input });
    expect(stderr).toBe('dnslens: there is no statement to run\n');
    expect(code).toBe(2);
  });

  it('holds one result in JSON', () => {
    expect(dnslens(['sql', 'select 1; select 2', '--json', '--db', db]).stderr).toContain(
      'JSON holds one result',
    );
  });

  it('ends at once, by the signal, when it is interrupted', async () => {
    const endless = 'select count(*) from range(1000000000000) t(i) where i % 7 = 3';
    const child = spawn(process.execPath, [
      PROGRAM,
      'sql',
      `select repeat('x', 40000) as started; ${endless}`,
      '--db',
      db,
    ]);
    child.stdout.once('data', () => child.kill('SIGINT'));
    const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
    expect([code, signal]).toEqual([null, 'SIGINT']);
  });

  it('ends without a word when its reader is gone', () => {
    const statement = `select i, repeat('x', 100) as x from range(200000) t(i)`;
    const script = `"${process.execPath}" "${PROGRAM}" sql "${statement}" --csv --db "${db}" | head -n 1; exit "\${PIPESTATUS[0]}"`;
    const { status, stdout, stderr } = spawnSync('bash', ['-c', script], { encoding: 'utf8' });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: 'i,x\n', stderr: '' });
  });
});
