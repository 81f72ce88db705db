import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Input, Reader } from '../../src/input/reader.js';
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

async function add(read: (sink: SourceWriter) => Promise<void>) {
  const result = await ledger.addSource({ path: 'x', label: 'node-7', replaces: null }, async (sink) => {
    await read(sink);
    return { kind: 'test', sha256: '', bytes: 0, contentSha256: '', contentBytes: 0 };
  });
  const { sourceId: _, ...said } = result!;
  return said;
}

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
    const there = await add((sink) =>
      readInThread(kind('pcap'), inputOf(capture, 11), sink, { ports: [53] }),
    );
    const rows = await messages();
    const here = await add((sink) => kind('pcap').read(inputOf(capture, 11), sink, { ports: [53] }));
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
    const read = { ports: [53] };
    const there = await add((sink) => readInThread(kind('coredns-log'), inputOf(log, 3), sink, read));
    const here = await add((sink) => kind('coredns-log').read(inputOf(log, 3), sink, read));
    expect(there).toEqual(here);
    const [left] = await ledger.database.rows<{ n: bigint }>(
      'select count(*) as n from (select columns(* exclude source_id) from raw.log_events group by all having count(*) % 2 = 1)',
    );
    expect(left!.n).toBe(0n);
  });

  it('fails with what failed in the thread, and leaves nothing', async () => {
    const unknown = { ...kind('pcap'), kind: 'no such kind' };
    const reading = add((sink) =>
      readInThread(unknown, inputOf(dnsCapture(10, 1), 1), sink, { ports: [53] }),
    );
    await expect(reading).rejects.toThrow(TypeError);
    expect(await ledger.database.rows('from raw.sources')).toEqual([]);
  });

  it('fails when its rows cannot be stored', async () => {
    const full = add(async (sink) => {
      sink.batch = () => {
        throw new Error('IO Error: Could not write to file: No space left on device');
      };
      await readInThread(kind('pcap'), inputOf(dnsCapture(9000, 1), 5), sink, { ports: [53] });
    });
    await expect(full).rejects.toThrow('there is no room left for');
  });

  it('fails with the fault of the input itself', async () => {
    const broken: Input = {
      ...inputOf(dnsCapture(10, 1), 1),
      lines: null,
      chunks: (async function* () {
        yield dnsCapture(10, 1);
        throw new Error('the disk is gone');
      })(),
    };
    const reading = add((sink) => readInThread(kind('pcap'), broken, sink, { ports: [53] }));
    await expect(reading).rejects.toThrow('the disk is gone');
  });
});
