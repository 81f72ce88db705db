import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildModels } from '../../src/build/build.js';
import { copyFrames } from '../../src/capture/files/copy-frames.js';
import { captureOf } from '../../src/explain/lookup-capture.js';
import { tellStory } from '../../src/explain/story.js';
import { ingest } from '../../src/ingest/index.js';
import { loadCatalog } from '../../src/packs/load.js';
import { Ledger } from '../../src/store/ledger.js';

const CAPTURES = join(import.meta.dirname, '..', '..', 'fixtures', 'captures');

let folder: string;
let ledger: Ledger;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dnslens-frames-'));
  ledger = await Ledger.open(join(folder, 'frames.duckdb'));
});
afterEach(() => {
  ledger.close();
  rmSync(folder, { recursive: true });
});

const inFolder = (name: string) => join(folder, name);

async function captured(...paths: string[]) {
  await ingest(ledger, paths);
  await buildModels(ledger.database);
  const [lookup] = await ledger.database.rows<{ id: bigint }>('select min(lookup_id) as id from lookups');
  return again(String(lookup!.id));
}

async function again(lookup: string) {
  const target = { params: { lookup }, others: [], otherCount: 0 };
  return captureOf(ledger.database, await tellStory(ledger.database, loadCatalog(), target));
}

/** The frames of a capture's bytes, all of them. */
async function framesIn(kind: 'pcap' | 'pcapng', bytes: Uint8Array) {
  const all = new Set(Array.from({ length: 1000 }, (_, i) => i + 1));
  const chunks = (async function* () {
    yield bytes;
  })();
  return copyFrames(kind, { path: kind, head: bytes.subarray(0, 4096), chunks, lines: null }, all);
}

describe('the capture of a lookup', () => {
  it.each([
    ['sll2.pcap', 276],
    ['raw.pcap', 101],
    ['vxlan.pcap', 1],
  ])('has the frames of %s byte for byte, with their link type and times', async (name, linkType) => {
    const { bytes, frames, missing } = await captured(join(CAPTURES, name));
    const written = await framesIn('pcapng', bytes);
    const original = await framesIn('pcap', readFileSync(join(CAPTURES, name)));
    expect([written.length, missing]).toEqual([frames, []]);
    expect(frames).toBeGreaterThan(0);
    for (const { bytes: frame, seconds, nanos, wireLength, linkType: link } of written) {
      expect(link).toBe(linkType);
      expect(original).toContainEqual(expect.objectContaining({ bytes: frame, seconds, nanos, wireLength }));
    }
  });

  it('takes those of a pcapng capture and of a compressed one together, in the order of their times', async () => {
    writeFileSync(inFolder('node.pcap.gz'), gzipSync(readFileSync(join(CAPTURES, 'sll2.pcap'))));
    const { bytes, filter } = await captured(join(CAPTURES, 'two-sections.pcapng'), inFolder('node.pcap.gz'));
    const written = await framesIn('pcapng', bytes);
    expect(new Set(written.map(({ linkType }) => linkType)).size).toBeGreaterThan(1);
    const times = written.map(({ seconds, nanos }) => seconds + nanos / 1e9);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(filter).toMatch(/^dns\.id in \{0x[0-9a-f]{4}(?:, 0x[0-9a-f]{4})*\}$/);
  });

  it('says of an input that is gone or is another by now which it is, and writes what the others have', async () => {
    copyFileSync(join(CAPTURES, 'sll2.pcap'), inFolder('a.pcap'));
    copyFileSync(join(CAPTURES, 'two-sections.pcapng'), inFolder('b.pcapng'));
    await captured(inFolder('a.pcap'), inFolder('b.pcapng'));
    renameSync(inFolder('a.pcap'), inFolder('c.pcap'));
    const { frames, missing } = await again('1');
    expect(missing).toEqual([`${inFolder('a.pcap')} is not there any more`]);
    expect(frames).toBeGreaterThan(0);
    copyFileSync(join(CAPTURES, 'ethernet.pcap'), inFolder('b.pcapng'));
    await expect(again('1')).rejects.toThrow(
      /^None of these packets can be written: .*a\.pcap is not there any more; .*b\.pcapng is another file than the one that was read$/,
    );
    expect(existsSync(inFolder('b.pcapng'))).toBe(true);
  });
});
