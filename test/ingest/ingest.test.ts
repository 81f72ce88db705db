import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ingest, type IngestOptions } from '../../src/ingest/ingest.js';
import type { Outcome, Progress } from '../../src/ingest/outcome.js';
import type { Reader } from '../../src/raw/reader.js';
import { Ledger } from '../../src/store/ledger.js';
import { ABOUT, failing } from './evidence.js';

const CONF =
  'nameserver 10.96.0.10\nsearch default.svc.cluster.local svc.cluster.local cluster.local\noptions ndots:5\n';
const LOG = Array.from(
  { length: 200 },
  (_, i) =>
    `[INFO] 10.0.0.7:4${1000 + i} - ${i} "A IN example.org. udp 40 false 512" NOERROR qr,rd,ra 77 0.001s\n`,
).join('');

let folder = '';
let ledger: Ledger;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dnslens-ingest-'));
  ledger = await Ledger.open(join(folder, 'out.duckdb'));
});
afterEach(() => {
  ledger.close();
  rmSync(folder, { recursive: true });
});

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, 'in', name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, content);
  return path;
}

async function run(args: string[], options: IngestOptions = {}) {
  const { outcomes, gaveNothing } = await ingest(ledger, args, options);
  return { outcomes, gaveNothing, statuses: outcomes.map(({ status }) => status) };
}

async function count(table: string): Promise<number> {
  const [row] = await ledger.database.rows<{ n: bigint }>(`select count(*) as n from raw.${table}`);
  return Number(row!.n);
}

function read(outcome: Outcome | undefined): Extract<Outcome, { status: 'read' }> {
  if (outcome?.status !== 'read') throw new Error(`not read: ${JSON.stringify(outcome)}`);
  return outcome;
}

function sentence(outcome: Outcome | undefined): string {
  return outcome && 'sentence' in outcome ? outcome.sentence.replace(join(folder, 'in/'), '') : '';
}

describe('ingest', () => {
  it('reads each input by its kind and says what it gave', async () => {
    const { outcomes, gaveNothing } = await run([file('resolv.conf', CONF), file('a.log.gz', gzipSync(LOG))]);
    expect(read(outcomes[0])).toMatchObject({ kind: 'resolv-conf', rows: 1, whyIncomplete: null });
    expect(read(outcomes[1])).toMatchObject({ kind: 'coredns-log', rowsByTable: { log_queries: 200 } });
    expect(gaveNothing).toBe(false);
  });

  it('adds nothing for an input whose bytes are known, under any name', async () => {
    await run([file('a.log', LOG)]);
    const { outcomes, gaveNothing } = await run([file('a.log', LOG), file('copy.log', LOG)]);
    expect(outcomes.map(sentence)).toEqual([
      'a.log is in the database already (source 1); nothing was added',
      `copy.log is in the database already as ${folder}/in/a.log (source 1); nothing was added`,
    ]);
    expect(await count('log_queries')).toBe(200);
    expect(gaveNothing).toBe(false);
  });

  it('reads equal bytes again where their name says whose they are', async () => {
    await run([file('shop-a.conf', CONF)]);
    const again = [file('shop-a.conf', CONF), file('shop-b.conf', CONF)];
    expect((await run(again)).statuses).toEqual(['known', 'read']);
    expect((await run(again)).statuses).toEqual(['known', 'known']);
    expect(await count('resolver_configs')).toBe(2);
  });

  it('adds nothing for a FIFO whose bytes turn out to be known', async () => {
    await run([file('a.log', LOG)]);
    const fifo = join(folder, 'fifo');
    execFileSync('mkfifo', [fifo]);
    const writer = import('node:fs/promises').then(({ writeFile }) => writeFile(fifo, LOG));
    expect((await run([fifo])).statuses).toEqual(['known']);
    await writer;
    expect([await count('log_queries'), await count('sources')]).toEqual([200, 1]);
  });

  it('puts the rows of a known input anew in their place with force', async () => {
    const path = file('a.log', LOG);
    await run([file('resolv.conf', CONF), path]);
    const { outcomes } = await run([path], { force: true, label: 'node-a' });
    expect(read(outcomes[0])).toMatchObject({ sourceId: 2, replaced: [{ sourceId: 2 }], label: 'node-a' });
    expect([await count('log_queries'), await count('sources')]).toEqual([200, 2]);
  });

  it('is stopped by no input, however broken', async () => {
    const pdf = file('x.pdf', '%PDF-1.4');
    const empty = file('empty', '');
    const { outcomes, statuses, gaveNothing } = await run(['nowhere', pdf, empty, file('a.log', LOG)]);
    expect(statuses).toEqual(['failed', 'failed', 'failed', 'read']);
    expect(outcomes.slice(0, 3).map(sentence)).toEqual([
      'nowhere does not exist',
      'x.pdf is a PDF document, not evidence',
      'empty is empty',
    ]);
    expect(gaveNothing).toBe(true);
  });

  it('says of a device what it is like, and reads no more of it', async () => {
    const { outcomes } = await run(['/dev/null', '/dev/zero']);
    expect(outcomes.map(sentence)).toEqual([
      '/dev/null is empty',
      '/dev/zero looks like binary data of a kind that dnslens does not read',
    ]);
  });

  it.skipIf(process.getuid?.() === 0)('says that an input may not be read (root may read all)', async () => {
    const path = file('a.log', LOG);
    chmodSync(path, 0);
    const { outcomes, gaveNothing } = await run([path]);
    expect(sentence(outcomes[0])).toMatch(/^a\.log cannot be read: this user may not/);
    expect(gaveNothing).toBe(true);
  });

  it('passes over what lies beside the evidence in a folder', async () => {
    file('notes.md', 'Dear all,\n');
    file('empty', '');
    file('a.log', LOG);
    const { statuses, gaveNothing } = await run([join(folder, 'in')]);
    expect(statuses).toEqual(['read', 'passed-over', 'passed-over']);
    expect(gaveNothing).toBe(false);
  });

  it('leaves its own database out of a folder', async () => {
    file('a.log', LOG);
    expect((await run([folder])).statuses).toEqual(['read']);
  });

  it('keeps what stands before a cut in a compressed input, and says where it is', async () => {
    const bytes = gzipSync(LOG);
    const { outcomes } = await run([file('a.log.gz', bytes.subarray(0, bytes.length - 4))]);
    const { rows, whyIncomplete, problems } = read(outcomes[0]);
    expect(rows).toBe(200);
    expect(whyIncomplete).toBe(`the gzip stream is cut at byte ${bytes.length - 4}`);
    expect(problems.map(({ code }) => code)).toContain('cut-gzip');
    const [source] = await ledger.database.rows('select complete, bytes::integer as bytes from raw.sources');
    expect(source).toEqual({ complete: false, bytes: bytes.length - 4 });
  });

  it('leaves no trace of an input whose reader fails, and reads the next', async () => {
    const { KINDS } = await import('../../src/ingest/kinds.js');
    const { outcomes, statuses } = await run([file('bad', '!'), file('a.log', LOG)], {
      kinds: [failing, ...KINDS],
    });
    expect(statuses).toEqual(['failed', 'read']);
    expect(sentence(outcomes[0])).toBe('bad was not read: a disk error');
    const left = await ledger.database.rows("select 1 from raw.names where name = 'left.behind'");
    expect(left).toEqual([]);
  });

  it('hashes all of an input that its reader stops reading early', async () => {
    const lazy: Reader = {
      kind: 'lazy',
      title: 'x',
      about: ABOUT,
      sniff: () => 1,
      read: async () => undefined,
    };
    const path = file('long', Buffer.alloc(3_000_000, 1));
    const first = read((await run([path], { kinds: [lazy] })).outcomes[0]);
    expect(first.bytes).toBe(3_000_000);
    expect((await run([path], { kinds: [lazy] })).statuses).toEqual(['known']);
  });

  it('says that an input read with faults and without a row gave nothing', async () => {
    const faulty: Reader = {
      kind: 'faulty',
      title: 'x',
      about: ABOUT,
      sniff: () => 1,
      read: async (_input, sink) =>
        sink.problem({ code: 'unknown-line', detail: 'All of it is bad.', position: 'byte 0' }),
    };
    const { gaveNothing, statuses } = await run([file('faulty', 'x')], { kinds: [faulty] });
    expect(statuses).toEqual(['read']);
    expect(gaveNothing).toBe(true);
  });

  it('fails for a file in a folder that could hold evidence and cannot be decompressed', async () => {
    file('a.log', LOG);
    file('b.log.gz', gzipSync(LOG).subarray(0, 10));
    const { statuses, gaveNothing } = await run([join(folder, 'in')]);
    expect(statuses).toEqual(['read', 'failed']);
    expect(gaveNothing).toBe(true);
  });

  it('labels inputs by option, else by their path', async () => {
    const path = file('ip-10-0-1-2.ec2.internal.log', LOG);
    expect(read((await run([path])).outcomes[0]).label).toBe('ip-10-0-1-2.ec2.internal');
    const other = file('ip-10-0-1-3.log', CONF);
    expect(read((await run([other], { label: 'mine' })).outcomes[0]).label).toBe('mine');
  });

  it('tells how far it is', async () => {
    const seen: Progress[] = [];
    const path = file('a.log', LOG);
    await run([file('resolv.conf', CONF), path], { onProgress: (progress) => seen.push(progress) });
    const size = Buffer.byteLength(LOG);
    expect(seen.at(-1)).toMatchObject({ path, input: 2, inputs: 2, bytes: size, totalBytes: size });
  });

  it('ends with what is read when it is told to, between two inputs and in the middle of one', async () => {
    const paths = [file('resolv.conf', CONF), file('a.log', LOG), file('b.log.gz', gzipSync(`${LOG}\n`))];
    const between = new AbortController();
    const stopAt = ({ input, bytes }: Progress) => input === 2 && bytes === 0 && between.abort();
    const first = await run(paths, { onProgress: stopAt, signal: between.signal });
    expect(first.statuses).toEqual(['read']);
    expect(await count('sources')).toBe(1);
    for (const path of paths.slice(1)) {
      const inside = new AbortController();
      const { statuses } = await run([path], {
        onProgress: ({ bytes }) => bytes > 0 && inside.abort(),
        signal: inside.signal,
      });
      expect(statuses).toEqual([]);
      expect(await count('sources')).toBe(1);
    }
  });
});
