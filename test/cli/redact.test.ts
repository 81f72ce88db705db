import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KEPT_LABELS } from '../../src/redact/kept-labels.js';
import { Database } from '../../src/store/database.js';
import { dnslens, temporaryFolder } from '../support/cli.js';
import { evidence } from '../support/incident.js';

const KEY = { DNSLENS_REDACT_KEY: '0123456789abcdef' };
/** It has a NodeLocal cache, a domain of a company, and logs of three servers. */
const INCIDENT = 'nodelocal-101';

let folder: string;
let db: string;
let originals: { words: Set<string>; texts: string[] };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dnslens-redact-test-'));
  db = join(folder, 'evidence.duckdb');
  dnslens(['ingest', ...evidence(INCIDENT), '--db', db, '-q']);
  originals = await originalsOf(db);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

/** Every label, address, object and path of the evidence that may not be seen. */
async function originalsOf(path: string) {
  const database = await Database.open(path, { readOnly: true });
  const rows = async (sql: string) =>
    (await database.rows<{ t: string }>(sql)).map(({ t }) => t.toLowerCase());
  const names = await rows(
    `select name as t from raw.names union select name from raw.cluster_objects union
     select owner from raw.cluster_objects where owner is not null`,
  );
  const addresses = await rows('select address as t from raw.addresses');
  const paths = await rows('select path as t from raw.sources union all select sha256 from raw.sources');
  database.close();
  const labels = names
    .flatMap((name) => name.split('.'))
    .filter((label) => label !== '' && !KEPT_LABELS.has(label));
  const unknown = addresses.filter((address) => address !== '169.254.20.10');
  // Words that every report has itself are no trace of the evidence
  const own = new Set(readdirSync('queries').concat('app', 'a', 'cache', 'queue', 'web', 'search'));
  return {
    words: new Set([...labels.filter((label) => !own.has(label)), ...unknown]),
    texts: [...paths, folder],
  };
}

/** What of the evidence a text shows. */
function traces(text: string): string[] {
  const low = text.toLowerCase();
  const words =
    low.match(/[a-z0-9_]+(?:[-.:][a-z0-9_]+)*/g)?.flatMap((word) => [word, ...word.split(/[.:]/)]) ?? [];
  const addresses = low.match(/\d+(?:\.\d+){3}/g) ?? [];
  const shown = [...new Set([...words, ...addresses])].filter((word) => originals.words.has(word));
  return [...shown, ...originals.texts.filter((one) => low.includes(one.toLowerCase()))];
}

const redacted = (...args: string[]) => dnslens([...args, '--redact', '--db', db], { env: KEY });
const verdicts = (json: string) =>
  (JSON.parse(json) as { cause: string; verdict: string }[]).map(({ cause, verdict }) => [cause, verdict]);

describe('dnslens --redact', () => {
  it('comes to the same verdicts', () => {
    const plain = dnslens(['report', 'diagnosis/causes', '--json', '--db', db]);
    expect(traces(plain.stdout)).not.toEqual([]);
    expect(verdicts(redacted('report', 'diagnosis/causes', '--json').stdout)).toEqual(verdicts(plain.stdout));
  });

  it('shows no name, address, object or path of the evidence in any file of an export', () => {
    const out = join(folder, 'out');
    const ran = redacted('export', '--out', out, '--csv', '--html', '--markdown');
    expect(ran.code).toBe(0);
    const files = readdirSync(out, { recursive: true, encoding: 'utf8' }).filter((file) =>
      statSync(join(out, file)).isFile(),
    );
    expect(files.length).toBeGreaterThan(40);
    for (const file of files)
      expect([file, traces(readFileSync(join(out, file), 'latin1'))]).toEqual([file, []]);
  });

  it.each([
    ['table', ['diagnosis', 'evidence']],
    ['json', ['config', 'traffic', 'servers']],
  ])('shows none in a report as %s', (format, queries) => {
    const { stdout, code } = redacted('report', ...queries, '-f', format);
    expect(code).toBe(0);
    expect(traces(stdout)).toEqual([]);
  });

  it('takes originals for what is asked, and shows their pseudonyms', () => {
    const [lookup] = JSON.parse(
      dnslens(['sql', 'select name, client from lookups order by lookup_id limit 1', '--json', '--db', db])
        .stdout,
    ) as [{ name: string; client: string }];
    const told = redacted('explain', lookup.name, '--client', lookup.client);
    expect(told.stderr).toBe('');
    expect(told.stdout).toContain('--redact');
    expect(traces(told.stdout)).toEqual([]);
    const asked = redacted('what-if', '--fqdn', lookup.name, '--client', lookup.client);
    expect(asked.stderr).toBe('');
    expect(traces(asked.stdout)).toEqual([]);
  });

  it('leaves no copy behind', () => {
    const temporary = temporaryFolder();
    const ran = dnslens(['report', '--redact', '--db', db], { env: { ...KEY, TMPDIR: temporary } });
    expect(ran.code).toBe(0);
    expect(readdirSync(temporary)).toEqual([]);
  });

  it('keeps a key beside the database, for its owner only, so that a second export agrees', () => {
    const own = temporaryFolder();
    const line =
      '[INFO] 10.1.2.3:40123 - 7 "A IN web.shop.example. udp 40 false 512" NOERROR qr,rd 50 0.001s';
    writeFileSync(join(own, 'coredns.log'), `${line}\n`);
    const small = join(own, 'small.duckdb');
    dnslens(['ingest', join(own, 'coredns.log'), '--db', small]);
    const report = (env: Record<string, string>) =>
      dnslens(['report', 'cache/durations', '--csv', '--redact', '--db', small], { env }).stdout;
    const first = report({});
    expect(first).toMatch(/^[a-z2-7]{10}\.log,/m);
    expect(statSync(`${small}.redact-key`).mode & 0o777).toBe(0o600);
    expect(report({})).toBe(first);
    expect(report(KEY)).not.toBe(first);
  });

  it('refuses a key that could be guessed', () => {
    const { code, stderr } = dnslens(['report', '--redact', '--db', db], {
      env: { DNSLENS_REDACT_KEY: 'secret' },
    });
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/^dnslens: DNSLENS_REDACT_KEY holds a key of 6 characters.*\n$/),
    ]);
  });

  it('does not vouch for queries of the user', () => {
    const mine = temporaryFolder();
    writeFileSync(
      join(mine, 'a.sql'),
      '-- ---\n-- title: Acme\n-- description: One row.\n-- kind: table\n-- columns: {n: a number}\n-- ---\nselect 1 as n\n',
    );
    const { code, stderr } = redacted('report', `${basename(mine)}/a`, '--queries', mine);
    expect([code, stderr]).toEqual([2, expect.stringContaining('leave --queries out')]);
  });
});
