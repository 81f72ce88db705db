import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { gzipSync } from 'node:zlib';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { outcomeText } from '../../src/cli/outcome-text.js';
import { ingest, type IngestOptions } from '../../src/ingest/ingest.js';
import { Ledger } from '../../src/store/ledger.js';
import { dnsCapture, dnsLog } from './evidence.js';

const CAPTURE = dnsCapture(40, 1);
/** Where the 30th packet ends, give or take a few. */
const EARLIER = CAPTURE.subarray(0, Math.floor(CAPTURE.length * 0.75));

let folder = '';
let ledger: Ledger;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dnslens-growing-'));
  ledger = await Ledger.open(join(folder, 'out.duckdb'));
});
afterEach(() => {
  ledger.close();
  rmSync(folder, { recursive: true });
});

/** Writes inputs and reads them; what was said of each, without the folder. */
async function read(files: Record<string, Uint8Array | string>, options: IngestOptions = {}) {
  const paths = Object.entries(files).map(([name, bytes]) => {
    writeFileSync(join(folder, name), bytes);
    return join(folder, name);
  });
  const { outcomes } = await ingest(ledger, paths, options);
  return outcomes.map((outcome) => outcomeText(outcome).replaceAll(`${folder}/`, '').split('\n')[0]);
}

/** What is in the database: frames seen twice would be counted twice. */
async function held(): Promise<{ messages: number; sources: string[] }> {
  const [row] = await ledger.database.rows<{ n: number }>('select count(*)::int as n from raw.sightings');
  const sources = await ledger.database.rows<{ source_id: number; path: string; replaced: string | null }>(
    'select source_id, path, replaced from raw.sources order by source_id',
  );
  return {
    messages: row!.n,
    sources: sources.map((source) => `${source.source_id} ${basename(source.path)}`),
  };
}

describe('a capture that goes on', () => {
  it('takes the place of its beginning, so that no packet is counted twice', async () => {
    await read({ 'a.pcap': EARLIER });
    const [said] = await read({ 'a.pcap': CAPTURE });
    expect(said).toBe('a.pcap: a pcap capture, in place of its beginning (source 1); 40 messages');
    expect(await held()).toEqual({ messages: 40, sources: ['2 a.pcap'] });
  });

  it('does so under another name', async () => {
    const said = await read({ 'at-10.pcap': EARLIER, 'at-11.pcap': CAPTURE });
    expect(said[1]).toBe('at-11.pcap: a pcap capture, in place of at-10.pcap (source 1); 40 messages');
    expect((await held()).messages).toBe(40);
  });

  it('is not read once more from its beginning', async () => {
    await read({ 'whole.pcap': CAPTURE });
    expect(await read({ 'earlier.pcap': EARLIER })).toEqual([
      'earlier.pcap is the beginning of whole.pcap (source 1), which is in the database already; nothing was added',
    ]);
    expect((await held()).messages).toBe(40);
  });

  it('takes its place whatever either is stored as', async () => {
    const said = await read({ 'a.pcap.gz': gzipSync(EARLIER), 'b.pcap': CAPTURE });
    expect(said[1]).toBe('b.pcap: a pcap capture, in place of a.pcap.gz (source 1); 40 messages');
    expect(await read({ 'c.pcap.gz': gzipSync(EARLIER) })).toEqual([
      'c.pcap.gz is the beginning of b.pcap (source 2), which is in the database already; nothing was added',
    ]);
    expect(await held()).toEqual({ messages: 40, sources: ['2 b.pcap'] });
  });

  it('is known where it is stored otherwise, both ways', async () => {
    const known = (path: string, first: string) =>
      `${path} is in the database already as ${first} (source 1); nothing was added`;
    await read({ 'a.pcap': CAPTURE });
    expect(await read({ 'b.pcap.gz': gzipSync(CAPTURE) })).toEqual([known('b.pcap.gz', 'a.pcap')]);
    await read({ 'c.pcap.gz': gzipSync(CAPTURE) }, { force: true });
    expect(await held()).toEqual({ messages: 40, sources: ['2 c.pcap.gz'] });
    expect(await read({ 'd.pcap': CAPTURE })).toEqual([
      'd.pcap is in the database already as c.pcap.gz (source 2); nothing was added',
    ]);
  });

  it('is remembered by the ledger with what it replaced', async () => {
    await read({ 'a.pcap': EARLIER });
    await read({ 'a.pcap': CAPTURE });
    const [row] = await ledger.database.rows<{ replaced: string }>('select replaced from raw.sources');
    expect(row!.replaced).toMatch(
      new RegExp(`^source 1, .*a\\.pcap, ${EARLIER.length} bytes, sha256 [0-9a-f]{64}$`),
    );
  });

  it('is other evidence where another node is named', async () => {
    await read({ 'a.pcap': EARLIER }, { label: 'node-a' });
    await read({ 'b.pcap': CAPTURE }, { label: 'node-b' });
    expect((await held()).sources).toEqual(['1 a.pcap', '2 b.pcap']);
  });
});

describe('a log without times', () => {
  it('takes the place of its beginning under its own name only, as two logs may begin alike', async () => {
    await read({ 'a.log': dnsLog(20) });
    await read({ 'b.log': dnsLog(30) });
    expect((await held()).sources).toEqual(['1 a.log', '2 b.log']);
    await read({ 'a.log': dnsLog(25) });
    expect((await held()).sources).toEqual(['2 b.log', '3 a.log']);
  });

  it('is other evidence once it was rotated away and begun anew', async () => {
    await read({ 'a.log': dnsLog(20) });
    await read({ 'a.log': dnsLog(9).slice(-300), 'a.log.1': dnsLog(20) });
    expect((await held()).sources).toEqual(['1 a.log', '2 a.log']);
  });
});

it('puts other bytes of a known path in place of its rows with force', async () => {
  await read({ 'a.pcap': CAPTURE, 'b.pcap': dnsCapture(7, 3) });
  const [said] = await read({ 'a.pcap': dnsCapture(5, 2) }, { force: true });
  expect(said).toBe('a.pcap: a pcap capture, read again; 5 messages');
  expect(await held()).toEqual({ messages: 12, sources: ['1 a.pcap', '2 b.pcap'] });
});
