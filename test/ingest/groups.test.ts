import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ingest, type IngestOptions } from '../../src/ingest/ingest.js';
import { KINDS } from '../../src/ingest/kinds.js';
import type { Outcome } from '../../src/ingest/outcome.js';
import { Ledger, type LedgerOptions } from '../../src/store/ledger.js';
import { WriteTransaction } from '../../src/store/write-transaction.js';
import { rawContents } from '../support/crash.js';
import { dnsCapture, dnsLog, failing } from './evidence.js';

const ALONE = { rows: 0, milliseconds: 0 };
const TOGETHER = { rows: Infinity, milliseconds: Infinity };

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dnslens-groups-'));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

function files(all: Record<string, string | Uint8Array>): string[] {
  mkdirSync(join(folder, 'in'), { recursive: true });
  return Object.entries(all).map(([name, content]) => {
    const path = join(folder, 'in', name);
    writeFileSync(path, content);
    return path;
  });
}

/** Reads inputs into a new database, once for each list; how each ended, what is in it then, and its commits. */
async function read(
  group: LedgerOptions['group'],
  runs: readonly (readonly string[])[],
  options: IngestOptions = {},
) {
  const commits = vi.spyOn(WriteTransaction.prototype, 'commit');
  commits.mockClear();
  const path = join(folder, `${Math.random()}.duckdb`);
  const ledger = await Ledger.open(path, group ? { group } : {});
  try {
    const outcomes: Outcome[] = [];
    for (const paths of runs) outcomes.push(...(await ingest(ledger, paths, options)).outcomes);
    const said = outcomes.map((outcome) => ('sentence' in outcome ? outcome.sentence : outcome.title));
    return {
      outcomes,
      said,
      contents: await rawContents(ledger.database),
      commits: commits.mock.calls.length,
    };
  } finally {
    ledger.close();
  }
}

const pods = (count: number) => {
  const pod = (i: number) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `p-${i}`, namespace: 'n' },
    status: { podIP: `10.1.${i >> 8}.${i & 255}` },
  });
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'List',
    items: Array.from({ length: count }, (_, i) => pod(i)),
  });
};

const tiny = (count: number) =>
  files(Object.fromEntries(Array.from({ length: count }, (_, i) => [`${i}.pcap`, dnsCapture(3, i)])));

describe('small inputs of one command', () => {
  it('are committed together, up to a number of rows', async () => {
    const paths = tiny(12);
    expect(await read(TOGETHER, [paths])).toMatchObject({ commits: 1 });
    expect(await read({ ...TOGETHER, rows: 9 }, [paths])).toMatchObject({ commits: 4 });
    expect(await read(ALONE, [paths])).toMatchObject({ commits: 12 });
  });

  it('leave the rows, numbers and outcomes that they leave one by one, whatever is between them', async () => {
    const growing = dnsCapture(12, 40);
    const paths = files({
      'a.pcap': dnsCapture(3, 1),
      'b.log': dnsLog(4),
      bad: '!',
      'same.pcap': dnsCapture(3, 1),
      'growing-1.pcap': growing.subarray(0, Math.floor(growing.length * 0.7)),
      'c.conf': 'nameserver 10.96.0.10\n',
      'growing-2.pcap': growing,
      'growing-0.pcap': growing.subarray(0, Math.floor(growing.length * 0.4)),
      'cut.log.gz': gzipSync(dnsLog(9)).subarray(0, -4),
      'large.log.gz': gzipSync(dnsLog(9000)),
      'pods.json.gz': gzipSync(pods(3000)),
      'x.pdf': '%PDF-1.4',
      'pasted.txt': `$ cat /etc/resolv.conf\nnameserver 10.96.0.10\n$ conntrack -S\ncpu=0 found=1 insert_failed=2 drop=2\n`,
      empty: '',
      'd.pcap': dnsCapture(3, 2),
    });
    const kinds = [failing, ...KINDS];
    const alone = await read(ALONE, [paths], { kinds });
    const together = await read(TOGETHER, [paths], { kinds });
    expect(together.said).toEqual(alone.said);
    expect(together.contents).toEqual(alone.contents);
    expect(together.commits).toBeLessThan(alone.commits / 2 + 2);
    expect(alone.said.filter((said) => /nothing was added|not read/.test(said))).toHaveLength(3);
  });

  it('take the place of what they were read as before, as one by one', async () => {
    const paths = tiny(4);
    const again = [paths, [...paths.slice(1), paths[0]!]];
    const alone = await read(ALONE, again, { force: true });
    const together = await read(TOGETHER, again, { force: true });
    expect(together.contents).toEqual(alone.contents);
    expect(together.commits).toBe(2);
  });

  it('are told of when they are kept, not before', async () => {
    const kept: number[] = [];
    const path = join(folder, 'told.duckdb');
    const ledger = await Ledger.open(path, { group: { ...TOGETHER, rows: 9 } });
    const commit = WriteTransaction.prototype.commit;
    vi.spyOn(WriteTransaction.prototype, 'commit').mockImplementation(async function (
      this: WriteTransaction,
    ) {
      await commit.call(this);
      kept.push(ledger.known.all.length);
    });
    const told: number[] = [];
    await ingest(ledger, tiny(8), { onOutcome: () => told.push(kept.at(-1) ?? 0) });
    ledger.close();
    expect(told).toEqual([3, 3, 3, 6, 6, 6, 8, 8]);
  });

  it('are read one by one where they could not be kept together, so that only one at fault is lost', async () => {
    const paths = tiny(5);
    const whole = await read(TOGETHER, [paths]);
    vi.spyOn(WriteTransaction.prototype, 'commit').mockRejectedValueOnce(new Error('a bug'));
    expect((await read(TOGETHER, [paths])).contents).toEqual(whole.contents);
    const append = WriteTransaction.prototype.append;
    vi.spyOn(WriteTransaction.prototype, 'append').mockImplementation(function (
      this: WriteTransaction,
      batch,
    ) {
      const { source_id: ids } = batch.data as { source_id?: Uint32Array };
      if (batch.table.name === 'sightings' && ids?.[0] === 3) throw new Error('a bug');
      append.call(this, batch);
    });
    const { outcomes } = await read(TOGETHER, [paths.slice(0, 3)]);
    expect(outcomes.map(({ status }) => status)).toEqual(['read', 'read', 'failed']);
  });

  it('leave models as they are where nothing was added', async () => {
    const path = join(folder, 'models.duckdb');
    const paths = tiny(2);
    const ledger = await Ledger.open(path);
    await ingest(ledger, paths);
    await ledger.database.run("update raw.meta set models_fingerprint = 'x'");
    await ingest(ledger, [...paths, ...files({ 'x.pdf': '%PDF-1.4' })]);
    expect(await ledger.database.rows('select models_fingerprint as x from raw.meta')).toEqual([{ x: 'x' }]);
    ledger.close();
  });
});
