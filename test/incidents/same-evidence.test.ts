import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ingest } from '../../src/ingest/index.js';
import { buildModels } from '../../src/build/build.js';
import type { Database } from '../../src/store/database.js';
import { Ledger } from '../../src/store/ledger.js';
import { evidence } from '../support/incident.js';
import { asPcapng, cutInto, recompressed } from '../support/stored-otherwise.js';

/** What names an input or a place in one. */
const PLACES =
  'source_id capture_id path kind sha256 bytes content_sha256 content_bytes rotation_set rotation_place first_time last_time rows ingested_at replaced frame answer_frame line interface evidence origin sample position block'.split(
    ' ',
  );

// each is ingested three times
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const INCIDENTS = ['nodelocal-101', 'race-loss-1', 'seed-walkthrough-1'];

let folder = '';
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'dnslens-same-'))));
afterAll(() => rmSync(folder, { recursive: true }));

/** Every table of main after these inputs were read, a group a command, in no order and without places. */
async function tables(
  groups: readonly (readonly string[])[],
  reports = false,
): Promise<Map<string, string[]>> {
  const ledger = await Ledger.open(join(folder, `${Math.random()}.duckdb`));
  try {
    for (const group of groups) {
      const { outcomes } = await ingest(ledger, group);
      expect(outcomes.filter(({ status }) => status !== 'read')).toEqual([]);
      if (reports) await buildModels(ledger.database);
    }
    if (!reports) await buildModels(ledger.database);
    return await allRows(ledger.database);
  } finally {
    ledger.close();
  }
}

async function allRows(database: Database): Promise<Map<string, string[]>> {
  const columns = await database.rows<{ table: string; columns: string[] }>(
    `select table_name as "table", list(column_name) as columns from information_schema.columns
     where table_schema = 'main' and column_name not in (${PLACES.map((name) => `'${name}'`).join()})
     group by table_name order by table_name`,
  );
  const all = new Map<string, string[]>();
  for (const { table, columns: names } of columns) {
    const list = names.map((name) => `"${name}"`).join();
    const rows = await database.rows<{ row: string }>(
      `select to_json(t)::varchar as row from (select ${list} from main."${table}") as t order by row`,
    );
    all.set(
      table,
      rows.map(({ row }) => row),
    );
  }
  return all;
}

/** A file in a folder of its own, so that it keeps its name. */
function write(name: string, bytes: Uint8Array): string {
  const path = join(mkdtempSync(join(folder, 'file-')), name);
  writeFileSync(path, bytes);
  return path;
}

/** Whole files by their names, which say whose a resolv.conf is, in the other compression. */
function otherwise(path: string): string {
  const name = basename(path);
  return write(name.endsWith('.gz') ? name.slice(0, -3) : `${name}.gz`, recompressed(readFileSync(path)));
}

function rotated(path: string, packets: number): string[] {
  const into = mkdtempSync(join(folder, 'rotated-'));
  return cutInto(readFileSync(path), packets).map((bytes, i) => {
    const file = join(into, `${basename(path, '.gz')}${i === 0 ? '' : i}`);
    writeFileSync(file, bytes);
    return file;
  });
}

const isCapture = (path: string) => path.includes('.pcap');
const isLarge = (path: string) => isCapture(path) || path.endsWith('.log');

/** Tables whose rows are of one file each. */
const OF_FILES = new Set(['sources', 'capture_clocks', 'activity']);

/** Tables that differ, with a row on either side that the other lacks. */
function differences(a: Map<string, string[]>, b: Map<string, string[]>): unknown[] {
  return [...a].flatMap(([table, rows]) => {
    // cut captures are more files
    if (OF_FILES.has(table)) return [];
    const others = b.get(table) ?? [];
    const [ours, theirs] = [new Set(rows), new Set(others)];
    const lacks = rows.filter((row) => !theirs.has(row));
    const more = others.filter((row) => !ours.has(row));
    const same = lacks.length + more.length === 0 && rows.length === others.length;
    return same
      ? []
      : [{ table, rows: [rows.length, others.length], lacks: lacks.slice(0, 2), more: more.slice(0, 2) }];
  });
}

it('gives transactions and lookups of one moment the same numbers in every database', async () => {
  const lines = Array.from({ length: 400 }, (_, i) => {
    const moment = `2024-03-04 10:00:00.${String(Math.floor(i / 80)).padStart(6, '0')}`;
    return `${moment} IP 10.81.3.${i % 50}.${31000 + ((i * 37) % 9000)} > 10.81.4.0.53: ${i + 1}+ A? n${i % 7}.example.org. (40)\n`;
  });
  const path = write('dump.txt', Buffer.from(lines.join('')));
  const first = await tables([[path]]);
  expect(first.get('transactions')).toHaveLength(400);
  expect(differences(first, await tables([[path]]))).toEqual([]);
});

describe.each(INCIDENTS)('the evidence of %s', (incident) => {
  const paths = evidence(incident).toSorted();
  const captures = paths.filter(isCapture);
  const others = paths.filter((path) => !isCapture(path));
  let whole: Map<string, string[]>;
  beforeAll(async () => void (whole = await tables([paths])));

  it('gives the same rows in whatever order, grouping and compression it is read, reports in between', async () => {
    const shuffled = paths.map((path) => (isLarge(path) ? otherwise(path) : path)).toReversed();
    const groups = [shuffled.slice(0, 3), shuffled.slice(3, 4), shuffled.slice(4)];
    expect(differences(whole, await tables(groups, true))).toEqual([]);
  });

  it('gives the same rows where its captures are cut into files, whichever is read first, or are pcapng', async () => {
    const [cut, ...more] = captures;
    const parts = rotated(cut!, 450);
    const half = Math.floor(parts.length / 2);
    const rest = [
      ...others,
      ...more.map((path) => write(`${basename(path, '.gz')}ng`, asPcapng(readFileSync(path)))),
    ];
    expect(differences(whole, await tables([parts.slice(half), [...rest, ...parts.slice(0, half)]]))).toEqual(
      [],
    );
  });
});
