import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { Database } from '../../src/store/database.js';
import { runToKill } from '../support/crash.js';
import { dnsCapture, dnsLog } from './evidence.js';

/** Lengths to cut the write-ahead log to; `CRASH_MOMENTS=300 npx vitest run test/ingest/power-cut.test.ts` tries hundreds. */
const CUTS = Number(process.env['CRASH_MOMENTS'] ?? 16);
const INPUTS = 12;
const PACKETS = 30;

const folder = mkdtempSync(join(tmpdir(), 'dnslens-power-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('a database whose write-ahead log was cut anywhere opens to whole inputs, and a damaged log is told', async () => {
  const paths = Array.from({ length: INPUTS }, (_, i) => {
    const path = join(folder, i % 2 ? `${i}.log` : `${i}.pcap`);
    writeFileSync(path, i % 2 ? dnsLog(PACKETS) + dnsLog(i) : dnsCapture(PACKETS, i));
    return path;
  });
  const written = join(folder, 'written.duckdb');
  const { steps } = await runToKill(join(folder, 'whole.duckdb'), paths);
  const { signal } = await runToKill(written, paths, { killAt: Math.min(steps, 2 * INPUTS) });
  expect(signal).toBe('SIGKILL');
  const log = readFileSync(`${written}.wal`);
  const flipped = join(folder, 'flipped.duckdb');
  copyFileSync(written, flipped);
  writeFileSync(`${flipped}.wal`, log.with(log.length >> 1, ~log[log.length >> 1]! & 255));
  await expect(Database.open(flipped)).rejects.toThrow(/flipped\.duckdb\.wal, .* is damaged; move it away/);
  const seen: number[] = [];
  for (let i = 0; i <= CUTS; i++) {
    const cut = join(folder, 'cut.duckdb');
    copyFileSync(written, cut);
    writeFileSync(`${cut}.wal`, log.subarray(0, Math.floor((log.length * i) / CUTS)));
    const database = await Database.open(cut);
    const rows = await database.rows<{ rows: number; found: number }>(
      `select rows::int as rows, (
         (select count(*) from raw.sightings as m where m.source_id = s.source_id)
         + (select count(*) from raw.frames as f where f.source_id = s.source_id)
         + (select count(*) from raw.log_queries as q where q.source_id = s.source_id))::int as found
       from raw.sources as s`,
    );
    const orphans = await database.rows(
      'select 1 from raw.sightings where source_id not in (select source_id from raw.sources)',
    );
    database.close();
    rmSync(cut);
    for (const { rows: stated, found } of rows) expect(found).toBe(stated);
    expect(orphans).toEqual([]);
    seen.push(rows.length);
  }
  expect(seen[0]).toBe(0);
  expect(seen.at(-1)).toBe(INPUTS);
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
  // some are committed together, and not all of them
  expect(new Set(seen).size).toBeGreaterThan(2);
}, 300_000);
