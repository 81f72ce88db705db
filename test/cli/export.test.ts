import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dnslens, temporaryFolder } from '../support/cli.js';
import { emptyDatabase } from '../support/empty-database.js';

let mine: string;
let env: Record<string, string>;
beforeAll(async () => {
  mine = join(mkdtempSync(join(tmpdir(), 'dnslens-export-')));
  env = { DNSLENS_DB: join(mine, 'a.duckdb') };
  await emptyDatabase(env['DNSLENS_DB']!);
  writeQuery('top', 'select i as n from range($top::bigint) t(i)', [
    'params: {top: {type: integer, default: 2, description: rows}}',
  ]);
  writeQuery('needy', 'select 1 as n', ['requires: [conntrack_deltas]']);
});
afterAll(() => rmSync(mine, { recursive: true }));

function writeQuery(name: string, sql: string, more: readonly string[]): void {
  const lines = ['title: T', 'description: One row.', 'kind: table', 'columns: {n: a number}', ...more];
  writeFileSync(
    join(mine, `${name}.sql`),
    `-- ---\n${lines.map((line) => `-- ${line}\n`).join('')}-- ---\n${sql}\n`,
  );
}

interface Written {
  stderr: string;
  folder: string;
  files: { file: string; format: string }[];
}

/** Exports and reads the manifest. */
function exported(...args: string[]): Written {
  const folder = join(temporaryFolder(), 'out');
  const { code, stderr } = dnslens(['export', ...args, '--out', folder, '--queries', mine], { env });
  expect({ code, error: code === 0 ? '' : stderr }).toEqual({ code: 0, error: '' });
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Pick<Written, 'files'>;
  return { stderr, folder, files: manifest.files };
}

function pack(): string {
  return mine.slice(mine.lastIndexOf('/') + 1);
}

describe('dnslens export', () => {
  it('writes CSV and the page where no format is asked for, and lists every file', () => {
    const { folder, files, stderr } = exported(pack());
    expect(files.map(({ file }) => file)).toEqual([`${pack()}/needy.csv`, `${pack()}/top.csv`, 'index.html']);
    for (const { file } of files) expect(existsSync(join(folder, file))).toBe(true);
    expect(stderr).toContain('3 files and manifest.json in');
    expect(stderr).toContain('; 1 are empty for want of evidence');
  });

  it('says of each CSV file its query, rows, columns and what was missing', () => {
    const { folder, files } = exported(pack(), '--csv', '--param', 'top=1');
    expect(readFileSync(join(folder, pack(), 'top.csv'), 'utf8')).toBe('n\n0\n');
    expect(files).toMatchObject([
      { format: 'csv', rows: 0, missing: ['conntrack_deltas'] },
      {
        query: `${pack()}/top`,
        rows: 1,
        columns: { n: 'a number' },
        sqlSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    ]);
  });

  it.each([
    ['--html', 'index.html', '<!doctype html>'],
    ['--markdown', 'report.md', '**This evidence shows no lookup'],
  ])('writes only what %s asks for', (flag, file, start) => {
    const { folder, files } = exported(flag);
    expect(files).toMatchObject([{ file, format: flag.slice(2) }]);
    expect(readdirSync(folder).toSorted()).toEqual([file, 'manifest.json'].toSorted());
    expect(readFileSync(join(folder, file), 'utf8')).toMatch(new RegExp(`^${start.replaceAll('*', '\\*')}`));
  });

  it('says in a sentence that it cannot write', () => {
    const { code, stderr } = dnslens(['export', '--html', '--out', join(mine, 'top.sql', 'x')], { env });
    expect(code).toBe(2);
    expect(stderr).toMatch(/cannot be written/);
  });
});
