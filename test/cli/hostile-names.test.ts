import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dnslens, type Surroundings } from '../support/cli.js';
import { plainDuckDb } from '../support/duckdb.js';
import { EVIL, NAMES, writeHostileEvidence } from '../support/hostile.js';

/** What no text for people may have: control bytes, bidirectional and invisible marks; line ends aside. */
const UNSEEN =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/u;

let folder: string;
let db: string;
let ingested: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dnslens-hostile-'));
  db = join(folder, 'evidence.duckdb');
  ingested = run(['ingest', ...writeHostileEvidence(folder)]);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a command on the hostile evidence and gives its output; what it says beside is text for a terminal, and safe as such. */
function run(args: readonly string[], more: Surroundings = {}): string {
  const { stdout, stderr, code } = dnslens([...args, '--db', db], more);
  if (code !== 0) throw new Error(`${args.join(' ')}: ${stderr}`);
  safeText(stderr);
  return stdout;
}

function safeText(text: string): void {
  expect(UNSEEN.exec(text.replaceAll('\r\n', '\n'))).toBeNull();
}

/** Reads CSV (RFC 4180). */
function cells(csv: string): string[] {
  const found = [...csv.matchAll(/(?:^|,|\n)(?:"((?:[^"]|"")*)"|([^",\r\n]*))/g)];
  return found.map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '');
}

function safeCsv(csv: string): void {
  safeText(csv);
  const formulas = cells(csv).filter(
    (cell) => /^\s*[=+\-@\t\r|%]/.test(cell) && !/^-?\d+(?:\.\d+)?(?:e-?\d+)?$/.test(cell),
  );
  expect(formulas).toEqual([]);
}

function safeMarkup(page: string): void {
  safeText(page);
  expect(page).not.toMatch(new RegExp(`<!?/?${EVIL}|<!--[^>]*${EVIL}`, 'i'));
  expect(page.match(/<script\b/gi)?.length ?? 0).toBe(page.match(/<\/script\b/gi)?.length ?? 0);
  expect(page).not.toMatch(/<[a-z][^<>]*\son(?:load|mouseover)=/i);
  expect(page).not.toMatch(/(?:href|src)\s*=\s*["']?\s*javascript:/i);
}

function safeMarkdown(text: string): void {
  safeText(text);
  const outside = text.replace(/^```[^]*?^```/gm, '').replace(/(`+)(?:(?!\1)[^])+\1/g, '');
  expect(outside).not.toMatch(new RegExp(`(?<!\\\\)<${EVIL}`, 'i'));
  expect(outside).not.toMatch(/(?<!\\)\[(?:link|img)\]/);
  expect(outside).not.toMatch(/(?<!\\)\*\*bold/);
  for (const table of outside.match(/(?:^\|.*\n)+/gm) ?? []) {
    const columns = table
      .trim()
      .split('\n')
      .map((row) => row.match(/(?<!\\)\|/g)!.length);
    expect(new Set(columns).size).toBe(1);
  }
}

function safeJson(text: string): void {
  safeText(text);
  expect(() => JSON.parse(text) as unknown).not.toThrow();
}

const SAFE = { table: safeText, csv: safeCsv, json: safeJson, markdown: safeMarkdown, html: safeMarkup };
const PACKS = [
  'diagnosis',
  'headline',
  'traffic',
  'search',
  'timeouts',
  'servers',
  'config',
  'evidence',
  'cache',
];

describe('hostile names', () => {
  it('are read, every one of them', () => {
    safeText(ingested);
    const [{ names }] = JSON.parse(
      run(['sql', 'select count(distinct qname) as names from messages', '--json']),
    ) as [{ names: number }];
    expect(names).toBe(NAMES.length);
  });

  it.each(['table', 'json', 'markdown', 'html'] as const)('are shown safely by reports as %s', (format) => {
    SAFE[format](run(['report', ...PACKS, '-f', format]));
    SAFE[format](run(['report', '-f', format]));
  });

  it('are shown safely in colour', () => {
    const colours = new RegExp(`${String.fromCodePoint(27)}\\[[0-9;]*m`, 'g');
    safeText(run(['report', 'traffic/names', '--color', 'always']).replace(colours, ''));
  });

  it('are shown safely by every file of an export', () => {
    const out = join(folder, 'out');
    safeText(run(['export', '--out', out, '--csv', '--html', '--markdown']));
    const files = readdirSync(out, { recursive: true, encoding: 'utf8' }).filter((file) =>
      statSync(join(out, file)).isFile(),
    );
    const endings = {
      '.csv': safeCsv,
      '.html': safeMarkup,
      '.md': safeMarkdown,
      '.json': safeJson,
      '.svg': safeMarkup,
    };
    for (const file of files) {
      const check = Object.entries(endings).find(([ending]) => file.endsWith(ending))?.[1];
      if (!check) throw new Error(`no check for ${file}`);
      check(readFileSync(join(out, file), 'utf8'));
    }
    expect(files.length).toBeGreaterThan(40);
  });

  it('are in Parquet as they are in the database', async () => {
    const lake = join(folder, 'lake');
    safeText(run(['export', '--parquet', lake]));
    const database = await plainDuckDb();
    const names = async (sql: string) => (await database.rows<{ name: string }>(sql)).map(({ name }) => name);
    const inLake = await names(
      `select distinct qname as name from read_parquet('${lake}/messages/**/*.parquet') order by 1`,
    );
    await database.run(`attach '${db}' as original (read_only)`);
    const inDatabase = await names(
      'select distinct name from original.raw.names where name_id in (select qname_id from original.raw.packets) order by 1',
    );
    database.close();
    expect(inLake).toEqual(inDatabase);
  });

  it('are shown safely by explain, what-if, fix and compare', () => {
    const lookups = JSON.parse(run(['sql', 'select lookup_id, name from lookups', '--json'])) as {
      lookup_id: number;
      name: string;
    }[];
    const { lookup_id, name } = lookups.find((lookup) => lookup.name.startsWith('<'))!;
    safeText(run(['explain', String(lookup_id)]));
    safeJson(run(['explain', `${name}.`, '--json']));
    safeText(run(['what-if', '--ndots', '1']));
    safeCsv(run(['what-if', '--fqdn', name, '--csv']));
    for (const cause of ['search-amplification', 'upstream-silent']) safeText(run(['fix', cause]));
    safeText(run(['compare', db, db]));
    safeCsv(run(['compare', db, db, '--csv']));
    safeMarkup(run(['compare', db, db, '-f', 'html']));
  });

  it.each(['table', 'csv', 'json', 'markdown', 'html'] as const)(
    'are shown safely by sql as %s',
    (format) => {
      const texts =
        'select e.*, p.* from log_events as e, cluster_objects as p using sample 60 rows (reservoir, 1)';
      SAFE[format](run(['sql', texts, '-f', format]));
    },
  );

  it('are shown safely in errors and by what is typed', () => {
    const name = `\u001b[31m\u202e<${EVIL}>`;
    for (const args of [
      ['explain', name],
      ['report', name],
      ['report', '--client', name],
      ['sql', `select '${name}' from "${name}"`],
      [name],
      [`--${name}`],
    ]) {
      const { stderr, code } = dnslens([...args, '--db', db]);
      expect(code).toBe(2);
      safeText(stderr);
    }
    safeText(run(['sql'], { input: `select '${name}' as "${name}";\n` }));
  });

  it('are no part of the manual or of completions', () => {
    for (const args of [['man'], ['completions', 'bash'], ['completions', 'zsh'], ['completions', 'fish']]) {
      safeText(dnslens(args).stdout.replaceAll('\t', ' '));
    }
  });
});
