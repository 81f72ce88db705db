import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Database } from '../../src/store/database.js';
import { SOURCED_TABLES } from '../../src/raw/tables/index.js';
import { dnslens, temporaryFolder } from '../support/cli.js';

let folder: string;
let db: string;

const line = (port: number, name: string) =>
  `2026-01-05T10:00:00.1Z [INFO] 10.0.0.3:${port} - 7 "A IN ${name}. udp 54 false 512" NOERROR qr,rd 54 0.0012s\nodd ${name}\n`;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dnslens-forget-'));
  db = join(folder, 'a.duckdb');
  for (const name of ['one', 'two', 'three']) {
    writeFileSync(join(folder, `${name}.log`), line(40000, `${name}.example`));
    const label = name === 'one' ? 'n1' : 'n2';
    dnslens(['ingest', join(folder, `${name}.log`), '--db', db, '--label', label, '-q']);
  }
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

const asked = (path: string) =>
  dnslens(['sql', 'select qname from log_queries order by 1', '--csv', '--db', path]);

describe('dnslens forget', () => {
  it('takes out every row of the one source that is named, and the others stay', async () => {
    const ran = dnslens(['forget', 'two.log', '--db', db]);
    expect([ran.code, ran.stderr]).toEqual([0, '']);
    expect(ran.stdout).toMatch(/two\.log, source 2, is taken out; 2 sources left\n$/);
    const { stdout, stderr } = asked(db);
    expect([stdout, stderr]).toEqual(['qname\none.example\nthree.example\n', '']);
    const database = await Database.open(db, { readOnly: true });
    for (const { name } of SOURCED_TABLES) {
      expect([name, await database.rows(`select 1 from raw.${name} where source_id = 2`)]).toEqual([
        name,
        [],
      ]);
    }
    database.close();
    // what was forgotten can be read again
    expect(dnslens(['ingest', join(folder, 'two.log'), '--db', db, '--label', 'n2']).stdout).toContain(
      '1 input read',
    );
  });

  it('takes none where several are meant or none is, and lists them', () => {
    const several = dnslens(['forget', 'n2', '--db', db]);
    expect([several.code, several.stderr]).toEqual([
      2,
      expect.stringMatching(/n2 may be \d \(.*\.log, n2\), \d \(.*\.log, n2\); give the number of one/),
    ]);
    const none = dnslens(['forget', 'four.log', '--db', db]);
    expect([none.code, none.stderr]).toEqual([
      2,
      expect.stringContaining('has no source four.log; it has 1 ('),
    ]);
    expect(asked(db).stdout.trim().split('\n')).toHaveLength(4);
  });

  it('makes no database', () => {
    const missing = join(temporaryFolder(), 'none.duckdb');
    for (const args of [['forget', '1'], ['rebuild']]) {
      expect(dnslens([...args, '--db', missing])).toMatchObject({ code: 2 });
    }
  });
});

describe('models that are not of this version, or not built', () => {
  it.each([
    ['null', 'are not built yet'],
    ["'another'", 'are of another version'],
  ])(
    'are built in a copy by a report, which changes nothing, and in place by rebuild: %s',
    async (built, why) => {
      const path = join(folder, 'stale.duckdb');
      rmSync(path, { force: true });
      writeFileSync(path, readFileSync(db));
      const database = await Database.open(path);
      await database.run(`update raw.meta set models_fingerprint = ${built}`);
      database.close();
      const before = readFileSync(path);
      const told = asked(path);
      expect(told).toMatchObject({ code: 0, stdout: asked(db).stdout });
      expect(told.stderr).toBe(
        `the models of ${path} ${why}; building them in a temporary copy (dnslens rebuild --db ${path} keeps them)\n`,
      );
      expect(readFileSync(path).equals(before)).toBe(true);
      expect(dnslens(['rebuild', '--db', path])).toMatchObject({ code: 0, stderr: '' });
      expect(asked(path).stderr).toBe('');
    },
  );
});
