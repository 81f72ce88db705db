import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Reader } from '../../src/raw/reader.js';
import type { Input } from '../../src/input/input.js';
import type { SourceWriter } from '../../src/store/source-writer.js';
import { Ledger } from '../../src/store/ledger.js';
import { dnsCapture, dnsLog } from './evidence.js';

// A thread runs what was built, and so does all that speaks with it.
const built = new URL('../../dist/', import.meta.url).href;
const { KINDS } = (await import(`${built}ingest/kinds.js`)) as { KINDS: readonly Reader[] };
const { readInThread } = (await import(
  `${built}ingest/read-in-thread.js`
)) as typeof import('../../src/ingest/read-in-thread.js');

let folder = '';
let ledger: Ledger;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dnslens-thread-'));
  ledger = await Ledger.open(join(folder, 'out.duckdb'));
});
afterEach(() => {
  ledger.close();
  rmSync(folder, { recursive: true });
});

function kind(name: string): Reader {
  return KINDS.find((reader) => reader.kind === name)!;
}

function inputOf(bytes: Buffer, pieces: number): Input {
  const length = Math.ceil(bytes.length / pieces);
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
  }
  return { path: 'test-input', head: bytes.subarray(0, 65536), lines: null, chunks: chunks() };
}

const OPTIONS = { ports: [53] };

/** Reads a file of these bytes in a thread; `fd` is what it is told that the file is. */
async function readThere(
  reader: Reader,
  bytes: Buffer,
  sink: SourceWriter,
  onRead: (bytes: number) => void = () => undefined,
  fd: number | null = null,
) {
  const path = join(folder, 'input');
  writeFileSync(path, bytes);
  const opened = openSync(path, 'r');
  try {
    const file = { fd: fd ?? opened, size: bytes.length };
    return await readInThread(reader, path, file, sink, OPTIONS, onRead);
  } finally {
    closeSync(opened);
  }
}

async function add(read: (sink: SourceWriter) => Promise<unknown>) {
  const result = await ledger.addSource({ path: 'x', label: 'node-7', replaces: null }, async (sink) => {
    await read(sink);
    return { kind: 'test', sha256: '', bytes: 0, contentSha256: '', contentBytes: 0 };
  });
  const { sourceId: _, ...said } = result!;
  return said;
}

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** All that the last source left in a table, with names and addresses instead of their ids. */
async function messages(): Promise<unknown[]> {
  return ledger.database.rows(
    `select s.frame, s.time, p.* exclude (source_id, packet_id, qname_id, shape_id), w.* exclude (source_id, path_id, src_id, dst_id),
       h.* exclude (source_id, shape_id), n.name, a.address
     from raw.sightings s join raw.packets p using (packet_id) join raw.paths w using (path_id) join raw.shapes h using (shape_id)
       join raw.names n on n.name_id = p.qname_id join raw.addresses a on a.address_id = w.src_id
     where s.source_id = (select max(source_id) from raw.sources) order by s.frame`,
  );
}

describe('reading in a thread', () => {
  it('leaves what reading in place leaves: rows, problems, times and where it was cut', async () => {
    const capture = dnsCapture(9000, 1).subarray(0, -7);
    const there = await add((sink) => readThere(kind('pcap'), capture, sink));
    const rows = await messages();
    const here = await add((sink) => kind('pcap').read(inputOf(capture, 11), sink, OPTIONS));
    expect(there).toEqual(here);
    expect(there.rowsByTable).toMatchObject({ messages: 8999 });
    expect(there.problems.map(({ code }) => code)).toEqual(['cut-file']);
    expect(rows).toEqual(await messages());
    const [times] = await ledger.database.rows<{ n: bigint }>(
      'select count(distinct (first_time, last_time)) as n from raw.sources',
    );
    expect(times!.n).toBe(1n);
  });

  it('sends texts and nulls as they are', async () => {
    const log = Buffer.from(`${dnsLog(3000)}[INFO] plugin/reload: Running configuration SHA512 = abc\n`);
    const there = await add((sink) => readThere(kind('coredns-log'), log, sink));
    const here = await add((sink) => kind('coredns-log').read(inputOf(log, 3), sink, OPTIONS));
    expect(there).toEqual(here);
    const [left] = await ledger.database.rows<{ n: bigint }>(
      'select count(*) as n from (select columns(* exclude source_id) from raw.log_events group by all having count(*) % 2 = 1)',
    );
    expect(left!.n).toBe(0n);
  });

  it('decompresses and hashes what it reads, and tells how far it is', async () => {
    const capture = dnsCapture(9000, 1);
    const packed = gzipSync(capture);
    const told: number[] = [];
    let hashes: unknown;
    const { rowsByTable } = await add(async (sink) => {
      hashes = await readThere(kind('pcap'), packed, sink, (bytes) => told.push(bytes));
    });
    expect(rowsByTable).toMatchObject({ messages: 9000 });
    expect(hashes).toEqual({
      sha256: sha256(packed),
      bytes: packed.length,
      contentSha256: sha256(capture),
      contentBytes: capture.length,
    });
    expect(told.at(-1)).toBe(packed.length);
  });

  it('ends where whoever is told how far it is wants it to, and leaves nothing', async () => {
    const reading = add((sink) =>
      readThere(kind('pcap'), dnsCapture(60_000, 1), sink, (bytes) => {
        if (bytes > 0) throw new Error('called off');
      }),
    );
    await expect(reading).rejects.toThrow('called off');
    expect(await ledger.database.rows('from raw.sightings')).toEqual([]);
  });

  it('says in the same words as ever that a file cannot be read', async () => {
    const closed = openSync(folder, 'r');
    const reading = add((sink) => readThere(kind('pcap'), dnsCapture(10, 1), sink, () => undefined, closed));
    await expect(reading).rejects.toMatchObject({ name: 'UserError' });
    closeSync(closed);
  });

  it('fails with what failed in the thread, and leaves nothing', async () => {
    const unknown = { ...kind('pcap'), kind: 'no such kind' };
    const reading = add((sink) => readThere(unknown, dnsCapture(10, 1), sink));
    await expect(reading).rejects.toThrow(TypeError);
    expect(await ledger.database.rows('from raw.sources')).toEqual([]);
  });

  it('fails when its rows cannot be stored', async () => {
    const full = add(async (sink) => {
      sink.batch = () => {
        throw new Error('IO Error: Could not write to file: No space left on device');
      };
      await readThere(kind('pcap'), dnsCapture(60_000, 1), sink);
    });
    await expect(full).rejects.toThrow('there is no room left for');
  });
});
