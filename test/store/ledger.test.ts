import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Ledger } from '../../src/store/ledger.js';
import { conntrackTable } from '../../src/raw/tables/kernel.js';
import { writeInteger, writeNanos } from '../../src/raw/word64.js';
import type { Sink } from '../../src/raw/sink.js';

const fresh = () => join(mkdtempSync(join(tmpdir(), 'dnslens-')), 'evidence.duckdb');
const facts = (sha256: string) => ({
  kind: 'conntrack-count',
  sha256,
  bytes: 10,
  contentSha256: `content of ${sha256}`,
  contentBytes: 30,
});

function addSample(sink: Sink, line: number, entries: number | null): void {
  const batch = sink.batch(conntrackTable);
  const { data, row } = batch;
  data.source_id[row] = sink.sourceId;
  data.line[row] = line;
  writeNanos(data.time, row, 1_700_000_000, 5);
  if (entries === null) batch.setNull('entries');
  else writeInteger(data.entries, row, entries);
  batch.setNull('max_entries');
  data.full_messages[row] = 0;
  batch.end();
}

test('a source is kept with its rows, nulls, times and problems', async () => {
  const ledger = await Ledger.open(fresh());
  const result = await ledger.addSource({ path: 'a.log', label: 'node-1', replaces: null }, async (sink) => {
    for (let i = 1; i <= 5000; i++) addSample(sink, i, i % 7 === 0 ? null : i * 1_000_000_007);
    sink.problem({ code: 'unknown-line', detail: 'a line is not known', position: 'line 3' });
    sink.problem({ code: 'unknown-line', detail: 'a line is not known', position: 'line 9' });
    sink.seen(1_700_000_000, 5);
    return facts('aa');
  });
  expect(result).toMatchObject({
    sourceId: 1,
    rows: 5000,
    rowsByTable: { conntrack_table: 5000 },
    whyIncomplete: null,
  });
  const [row] = await ledger.database.rows(
    'select count(*)::int as n, count(entries)::int as present, max(entries)::varchar as most, min(time)::varchar as t from raw.conntrack_table',
  );
  expect(row).toEqual({
    n: 5000,
    present: 4286,
    most: String(5000n * 1_000_000_007n),
    t: '2023-11-14 22:13:20.000000005',
  });
  expect(await ledger.database.rows('select position, count::int as count from raw.problems')).toEqual([
    { position: 'line 3', count: 2 },
  ]);
  ledger.close();
});

test('nothing stays of an input whose reading throws or which turns out to be known', async () => {
  const ledger = await Ledger.open(fresh());
  const broken = ledger.addSource({ path: 'a', label: null, replaces: null }, async (sink) => {
    addSample(sink, 1, 1);
    sink.names.idOfText('www.example.com');
    throw new Error('disk');
  });
  await expect(broken).rejects.toThrow('disk');
  expect(await ledger.addSource({ path: 'a', label: null, replaces: null }, async () => null)).toBeNull();
  const [row] = await ledger.database.rows(
    'select (select count(*) from raw.conntrack_table)::int + (select count(*) from raw.names)::int + (select count(*) from raw.sources)::int as n',
  );
  expect(row).toEqual({ n: 0 });
  ledger.close();
});

test('a source read again in place keeps its number and has only the new rows', async () => {
  const path = fresh();
  const first = await Ledger.open(path);
  await first.addSource(
    { path: 'a', label: null, replaces: null },
    async (sink) => (addSample(sink, 1, 1), facts('aa')),
  );
  first.close();
  const ledger = await Ledger.open(path);
  expect(ledger.known.ofHash('aa')).toMatchObject([{ sourceId: 1, path: 'a' }]);
  expect(ledger.known.ofHash('content of aa')).toMatchObject([{ sourceId: 1, path: 'a' }]);
  expect([10, 20, 30].map((bytes) => ledger.known.ofSize(bytes).length)).toEqual([1, 0, 1]);
  await ledger.addSource(
    { path: 'a', label: null, replaces: 1 },
    async (sink) => (addSample(sink, 7, 2), facts('bb')),
  );
  expect(await ledger.database.rows('select source_id, line from raw.conntrack_table')).toEqual([
    { source_id: 1, line: 7 },
  ]);
  expect(ledger.known.ofHash('aa')).toEqual([]);
  ledger.close();
});
