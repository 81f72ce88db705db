import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { pcapngReader, pcapReader } from '../../../src/capture/index.js';
import type { Batch } from '../../../src/raw/batch.js';
import type { Columns } from '../../../src/raw/column.js';
import { ByteDictionary } from '../../../src/raw/dictionary.js';
import { FIRST_ROW_IDS } from '../../../src/raw/sink.js';
import { SourceRows } from '../../../src/store/source-rows.js';
import { readBytes } from '../../support/memory-sink.js';
import { captureOf, COMMON, commonFrames, form, frame, type Frame, frames, link } from './any-capture.js';

// Whatever a capture holds, WebAssembly at the side of TypeScript leaves the very rows, ids and problems that TypeScript leaves alone.

afterEach(() => {
  delete process.env['DNSLENS_WASM'];
});

const readerOf = (bytes: Uint8Array) => (pcapReader.sniff(bytes, 'x') > 0 ? pcapReader : pcapngReader);

/** What both ways of reading leave. */
async function bothWays<Left>(read: () => Promise<Left>): Promise<{ alone: Left; together: Left }> {
  process.env['DNSLENS_WASM'] = '0';
  const alone = await read();
  process.env['DNSLENS_WASM'] = '1';
  return { alone, together: await read() };
}

/** All that a capture gives, in chunks of so many octets. */
async function readingOf(bytes: Uint8Array, chunk = bytes.length) {
  const chunks = Array.from({ length: Math.ceil(bytes.length / chunk) }, (_, i) =>
    bytes.subarray(i * chunk, (i + 1) * chunk),
  );
  return readBytes(readerOf(bytes), chunks, { ports: [53, 5353] });
}

/** The ids in its rows where dictionaries hold five entries, and so forget again and again. */
async function idsInLittleMemory(bytes: Uint8Array) {
  const left: Record<string, number[][]> = {};
  const take = (batch: Batch<Columns>) => {
    const columns = Object.entries(batch.data).filter(([name]) => name.endsWith('_id') && name !== 'ip_id');
    const rows = (left[batch.table.name] ??= []);
    for (let i = 0; i < batch.row; i++) rows.push(columns.map(([, values]) => values[i] as number));
  };
  const ids = { names: 1, addresses: 1, texts: 1, ...FIRST_ROW_IDS };
  const rows = new SourceRows({ sourceId: 3, label: null, aheadSeconds: 0, seed: 7, nextIds: ids }, take);
  const little = () => new ByteDictionary(7, 1, () => undefined, 5);
  const memory = { names: little(), addresses: little(), texts: little() };
  const sink = Object.assign(Object.create(rows) as SourceRows, memory);
  const chunks = (async function* () {
    yield bytes;
  })();
  await readerOf(bytes).read({ path: 'x', head: bytes, lines: null, chunks }, sink, { ports: [53] });
  rows.flush();
  return left;
}

test('the fixtures', async () => {
  const folder = new URL('../../../fixtures/captures/', import.meta.url);
  for (const file of readdirSync(folder).filter((file) => /\.pcap(ng)?$/.test(file))) {
    const bytes = new Uint8Array(readFileSync(new URL(file, folder)));
    const { alone, together } = await bothWays(() => readingOf(bytes));
    expect({ file, ...together }).toEqual({ file, ...alone });
  }
});

const chunk = fc.constantFrom(1 << 20, 997);

test('messages of all kinds, whole, cut and damaged, in every form of file', async () => {
  await fc.assert(
    fc.asyncProperty(
      frames,
      link,
      form,
      fc.boolean(),
      chunk,
      async (frames, link, form, bigEndian, chunk) => {
        const bytes = captureOf(frames, link, form, bigEndian);
        const { alone, together } = await bothWays(() => readingOf(bytes, chunk));
        expect(together).toEqual(alone);
      },
    ),
    { numRuns: 200 },
  );
});

test('ids that are given anew once dictionaries forgot', async () => {
  await fc.assert(
    fc.asyncProperty(commonFrames, link, form, async (frames, link, form) => {
      const bytes = captureOf(frames, link, form, false);
      const { alone, together } = await bothWays(() => idsInLittleMemory(bytes));
      expect(together).toEqual(alone);
    }),
    { numRuns: 100 },
  );
});

test('more messages and records than batches hold', async () => {
  const few = fc.sample(frame, { numRuns: 40, seed: 3 });
  const frames = Array.from({ length: 6000 }, (_, i): Frame => {
    const names = [`n${i % 4500}.example`];
    return { ...few[i % 40]!, ...COMMON, names, ipId: i % 65536, times: 1 };
  });
  const bytes = captureOf(frames, 'sll2', 'micro', false);
  const { alone, together } = await bothWays(() => readingOf(bytes));
  expect(alone.raw['sightings']!.length).toBeGreaterThan(5000);
  expect(together).toEqual(alone);
});
