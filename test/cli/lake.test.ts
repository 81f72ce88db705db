import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Story } from '../../src/explain/story.js';
import { Database } from '../../src/store/database.js';
import { evidence } from '../support/incident.js';
import { dnslens, temporaryFolder } from '../support/cli.js';
import { record } from '../support/lake.js';

describe('dnslens lake', () => {
  it.each([
    [['lake', 'dll'], 'dnslens lake dll is neither "ddl" nor "views"; did you mean "ddl"?'],
    [['lake', 'ddl', '--engine', 'trin', '--location', 'x'], 'did you mean "trino"?'],
    [['lake', 'ddl', '--engine', 'trino'], 'needs to know where the lake lies: --location s3://bucket/lake'],
    [['lake', 'ddl', '--engine', 'trino', '--location', "s3://x'y"], '--location has a character'],
    [['lake', 'views'], "needs the lake's folder: dnslens lake views DIR"],
    [['export', '--parquet'], '--parquet needs a folder to write into: dnslens export --parquet DIR'],
    [['export', '--out', 'x', '--node', 'n'], '--node goes with --parquet'],
  ])('says in a sentence what is wrong: %j', (args, sentence) => {
    const { code, stderr } = dnslens(args);
    expect(stderr).toContain(sentence);
    expect(code).toBe(2);
  });

  it('is exported, reported on and put into a DuckDB file', async () => {
    const folder = temporaryFolder();
    const db = join(folder, 'node.duckdb');
    const lake = join(folder, 'lake');
    await record(db, { paths: evidence('seed-walkthrough-1'), label: 'node-1' });
    expect(dnslens(['export', '--parquet', lake, '--db', db])).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(
        /^\d+ files with [\d,]+ rows \([\d.]+ [kM]B\) in .*lake: node-1, \d{4}-\d\d-\d\d\n$/,
      ),
    });
    expect(dnslens(['export', '--parquet', lake, '--db', db]).stderr).toBe(
      `${lake} has all of this already\n`,
    );
    const [ofLake, ofDatabase] = [lake, db].map(
      (path) => dnslens(['report', 'search', '--csv', '--db', path]).stdout,
    );
    expect(ofLake).toBe(ofDatabase);
    const views = join(folder, 'views.duckdb');
    expect(dnslens(['lake', 'views', lake, '--db', views]).code).toBe(0);
    const opened = await Database.plain(views, { reads: [lake] });
    expect(await opened.rows('select distinct node_label from lookups')).toEqual([{ node_label: 'node-1' }]);
    opened.close();
  });

  it('explains a lookup by its number, which is past what a JSON number holds', async () => {
    const folder = temporaryFolder();
    const db = join(folder, 'node.duckdb');
    const lake = join(folder, 'lake');
    await record(db, { paths: evidence('seed-walkthrough-1'), label: 'node-1' });
    dnslens(['export', '--parquet', lake, '--db', db]);
    const told = (word: string, path: string) =>
      JSON.parse(dnslens(['explain', word, '--json', '--db', path]).stdout) as Story;

    const ofLake = told('worst', lake);
    const number = String(ofLake.subject.lookup_id);
    expect(BigInt(number)).toBeGreaterThan(Number.MAX_SAFE_INTEGER);
    expect(told(number, lake)).toEqual(ofLake);
    const times = ({ events }: Story) => events.map(({ kind, at_ms: at }) => [kind, at]);
    expect(times(ofLake)).toEqual(times(told('worst', db)));
    const [, other] = /dnslens explain (\d+) --db/.exec(
      dnslens(['explain', 'google.com', '--db', lake]).stdout,
    )!;
    expect(String(told(other!, lake).subject.lookup_id)).toBe(other);
    expect(dnslens(['explain', '9300000000000000000', '--db', lake]).stderr).toContain(
      'There is no lookup of',
    );
  });

  it('is held to --memory-limit, and gives no other lake', async () => {
    const folder = temporaryFolder();
    const db = join(folder, 'node.duckdb');
    const lake = join(folder, 'lake');
    await record(db, { paths: evidence('seed-walkthrough-1'), label: 'node-1' });
    dnslens(['export', '--parquet', lake, '--db', db]);
    const asked = ['sql', "select current_setting('memory_limit') as held", '--json', '--db', lake];
    expect(JSON.parse(dnslens([...asked, '--memory-limit', '500MB']).stdout)).toEqual([
      { held: '286.1 MiB' },
    ]);
    expect(dnslens(['export', '--parquet', join(folder, 'other'), '--db', lake])).toEqual({
      code: 2,
      stdout: '',
      stderr: 'dnslens: a lake cannot be exported into another; name the database that it was made from\n',
    });
    expect(existsSync(join(folder, 'other'))).toBe(false);
  });
});
