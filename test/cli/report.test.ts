import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dnslens } from '../support/cli.js';
import { emptyDatabase } from '../support/empty-database.js';

let folder: string;
let env: Record<string, string>;

function writeQuery(name: string, sql: string, ...extra: string[]): void {
  const columns = extra.some((line) => line.startsWith('columns')) ? [] : ['columns: {n: a number}'];
  const yaml = ['title: T', 'description: One row.', ...columns, ...extra].map((line) => `-- ${line}\n`);
  writeFileSync(join(folder, 'mine', `${name}.sql`), `-- ---\n${yaml.join('')}-- ---\n${sql}\n`);
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dnslens-report-'));
  mkdirSync(join(folder, 'mine'));
  env = { DNSLENS_DB: join(folder, 'a.duckdb') };
  await emptyDatabase(env['DNSLENS_DB']!);
  writeQuery(
    'top',
    'select i as n from range($top::bigint) t(i)',
    'kind: table',
    'params: {top: {type: integer, default: 2, description: rows}}',
  );
  writeQuery(
    'news',
    "select 'low' as severity, 'Five names.' as sentence, 'mine/top' as look",
    'kind: headline',
    'columns: {severity: s, sentence: t, look: l}',
  );
  writeQuery('needy', 'select 1 as n', 'kind: table', 'requires: [conntrack_deltas]');
  writeQuery(
    'causes',
    "select 'x' as cause, 'likely' as verdict",
    'kind: table',
    'columns: {cause: c, verdict: v}',
  );
  writeQuery('alarm', 'select 1 as n where $client::varchar is null', 'kind: check', 'severity: high');
});
afterAll(() => rmSync(folder, { recursive: true }));

function report(...args: string[]) {
  return dnslens(['report', ...args, '--queries', join(folder, 'mine')], { env });
}

describe('dnslens report', () => {
  it('prints one query with a parameter', () => {
    expect(report('mine/top', '--param', 'top=1').stdout).toBe('T (mine/top)\n\nn\n─\n0\n');
    expect(JSON.parse(report('mine/top', '--json').stdout)).toEqual([{ n: 0 }, { n: 1 }]);
    expect(report('mine/top', '--csv').stdout).toBe('n\n0\n1\n');
  });

  it('prints headlines as sentences, with commands that name the database', () => {
    const db = join(folder, "it's.duckdb");
    copyFileSync(env['DNSLENS_DB']!, db);
    expect(report('mine/news', '--db', db).stdout).toBe(
      `T\n  low: Five names.\n  look next: dnslens report mine/top --db '${db.replace("'", "'\\''")}'\n`,
    );
    expect(report('mine/news').stdout).toContain('look next: dnslens report mine/top\n');
  });

  it('prints a pack as JSON by query', () => {
    const all = JSON.parse(report('mine', '--json').stdout) as Record<string, unknown[]>;
    expect(Object.keys(all)).toEqual(['mine/alarm', 'mine/causes', 'mine/needy', 'mine/news', 'mine/top']);
  });

  it('refuses a pack as CSV and says how to get one', () => {
    const { code, stderr } = report('mine/top', 'mine/alarm', '--csv');
    expect(stderr).toContain('CSV holds one table; name one query, or write them all with: dnslens export');
    expect(code).toBe(2);
  });

  it('says on standard error what evidence a program was not given', () => {
    const { code, stdout, stderr } = report('mine/needy', '--json');
    expect(JSON.parse(stdout)).toEqual([]);
    expect(stderr).toContain(
      'mine/needy: no evidence (conntrack_deltas); collect what follows at once: dnslens collect ',
    );
    expect(code).toBe(0);
  });

  it('says which query a filter does not narrow', () => {
    expect(report('mine/top', '--client', '10.0.0.1').stderr).toBe('mine/top is not narrowed by --client\n');
    expect(report('mine/alarm', '--client', '10.0.0.1').stderr).toBe('');
  });

  it.each([
    [['mine/causes', '--fail-on', 'likely'], 1],
    [['mine/causes', '--fail-on', 'confirmed'], 0],
    [['mine/causes'], 0],
    [['mine/alarm', '--fail-on', 'confirmed'], 1],
    [['mine/alarm', '--fail-on', 'confirmed', '--client', '10.0.0.1'], 0],
    [['mine/top', '--fail-on', 'possible'], 0],
  ])('%j exits with %i', (args, code) => {
    expect(report(...args).code).toBe(code);
  });

  it('colours when asked, and not where NO_COLOR is set', () => {
    const args = ['report', 'mine/top', '--queries', join(folder, 'mine')];
    expect(dnslens(args, { env: { ...env, FORCE_COLOR: '1' } }).stdout).toContain('\u001b[');
    expect(dnslens(args, { env: { ...env, FORCE_COLOR: '1', NO_COLOR: '1' } }).stdout).not.toContain(
      '\u001b[',
    );
    expect(dnslens([...args, '--color', 'always'], { env: { ...env, NO_COLOR: '1' } }).stdout).toContain(
      '\u001b[',
    );
  });
});

describe('dnslens queries', () => {
  const list = (...args: string[]) => dnslens(['queries', ...args, '--queries', join(folder, 'mine')]);

  it('lists ids and titles by pack', () => {
    expect(list('mine').stdout).toMatch(/^mine\n {2}mine\/alarm {3}T\n {2}mine\/causes {2}T\n/);
  });

  it('describes one: needs, parameters, columns, SQL', () => {
    expect(list('mine/top').stdout).toMatch(
      /^T \(mine\/top\)\ntable\n\nOne row\.\n\nParameters.*\n {2}top \(integer, 2\) {2}rows\n\nColumns\n {2}n {2}a number\n\nSQL/,
    );
    expect(list('mine/needy').stdout).toContain('Needs rows in: conntrack_deltas');
  });
});
