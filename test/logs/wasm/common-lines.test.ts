import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { corednsLog } from '../../../src/logs/coredns-log.js';
import { LogLines } from '../../../src/logs/log-lines.js';
import { CommonLines } from '../../../src/logs/wasm/common-lines.js';
import type { Batch } from '../../../src/raw/batch.js';
import type { Columns } from '../../../src/raw/column.js';
import { ByteDictionary } from '../../../src/raw/dictionary.js';
import { FIRST_ROW_IDS } from '../../../src/raw/sink.js';
import { SourceRows } from '../../../src/store/source-rows.js';
import { commonQuery, log } from './any-log.js';

const LINE = '[INFO] 10.0.0.1:40000 - 7 "A IN a.example. udp 40 false 1232" NOERROR qr,rd,ra 90 0.000150566s';

// Whatever a log holds, WebAssembly at the side of TypeScript leaves the very rows, ids and problems that TypeScript leaves alone.

afterEach(() => {
  delete process.env['DNSLENS_WASM'];
});

const IDS = { names: 1, addresses: 1, texts: 1, ...FIRST_ROW_IDS };
const START = { sourceId: 3, label: null, aheadSeconds: 0, seed: 7, nextIds: IDS };

/** Rows as they are written, null where a value is missing. */
function rowsOf({ data, validity, table, row }: Batch<Columns>): unknown[][] {
  return Array.from({ length: row }, (_, i) =>
    Object.keys(table.columns).map((name) => {
      const bitmap = (validity as Record<string, Uint8Array>)[name];
      const isValid = !bitmap || (bitmap[i >> 3]! >> (i & 7)) & 1;
      if (!isValid) return null;
      const isWide = ['UBIGINT', 'BIGINT', 'TIMESTAMP_NS'].includes(table.columns[name]!.type);
      return isWide ? [data[name]![2 * i], data[name]![2 * i + 1]] : data[name]![i];
    }),
  );
}

/** All that a log leaves: the rows of every table with ids, those of dictionaries too, and what was found. */
async function left(bytes: Uint8Array, chunk: number, wasm: '0' | '1', entries?: number) {
  process.env['DNSLENS_WASM'] = wasm;
  const tables: Record<string, unknown[][]> = {};
  const rows = new SourceRows(START, (batch) => (tables[batch.table.name] ??= []).push(...rowsOf(batch)));
  const little = () => new ByteDictionary(7, 1, () => undefined, entries);
  const memory = entries === undefined ? {} : { names: little(), addresses: little(), texts: little() };
  const sink = Object.assign(Object.create(rows) as SourceRows, memory);
  const chunks = (async function* () {
    for (let at = 0; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk);
  })();
  await corednsLog.read({ path: 'x', head: new Uint8Array(0), lines: null, chunks }, sink, { ports: [53] });
  rows.flush();
  return { tables, found: sink.findings(), counts: rows.rowsByTable() };
}

test('lines of all kinds, whole, cut and damaged', async () => {
  await fc.assert(
    fc.asyncProperty(log, fc.constantFrom(1 << 20, 61, 997), async (bytes, chunk) => {
      expect(await left(bytes, chunk, '1')).toEqual(await left(bytes, chunk, '0'));
    }),
    { numRuns: 400 },
  );
});

test('durations of any number of digits', async () => {
  const digits = fc.array(fc.nat(9), { minLength: 1, maxLength: 21 }).map((values) => values.join(''));
  const durations = fc.array(fc.tuple(digits, fc.nat(21)), { minLength: 1, maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(durations, async (written) => {
      const lines = written.map(([text, places]) => {
        const point = Math.max(1, text.length - places);
        return LINE.replace('0.000150566', `${text.slice(0, point)}.${text.slice(point)}`.replace(/\.$/, ''));
      });
      const bytes = Buffer.from(`${lines.join('\n')}\n`);
      expect(await left(bytes, 1 << 20, '1')).toEqual(await left(bytes, 1 << 20, '0'));
    }),
    { numRuns: 100 },
  );
});

test('ids that are given anew once dictionaries forgot', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(commonQuery, { minLength: 1, maxLength: 60 }), async (lines) => {
      const bytes = Buffer.from(`${lines.join('\n')}\n`);
      expect(await left(bytes, 1 << 20, '1', 5)).toEqual(await left(bytes, 1 << 20, '0', 5));
    }),
    { numRuns: 200 },
  );
});

test('more lines than batches, windows and caches hold', async () => {
  const lines = fc.sample(commonQuery, { numRuns: 50, seed: 3 });
  const many = Array.from({ length: 20_000 }, (_, i) =>
    lines[i % 50]!.replace(/n\d/, `n${i % 7000}.of.a.name.that.has.some.length`),
  );
  const bytes = Buffer.from(`${many.join('\n')}\n`);
  const together = await left(bytes, 1 << 22, '1');
  expect(together.tables['log_queries']).toHaveLength(20_000);
  expect(together).toEqual(await left(bytes, 1 << 22, '0'));
});

const TIME = '2026-01-02T03:04:05.123456789';
const POD = '[pod/coredns-a/coredns]';

/** How many of two lines WebAssembly reads once TypeScript has read the first. */
function readBehindFirst(line: string): number {
  const rows = new SourceRows(START, () => undefined);
  const lines = new LogLines(rows);
  const common = CommonLines.beside(lines, rows)!;
  const bytes = Buffer.from(line);
  lines.take(bytes, 0, bytes.length, false);
  const chunk = Buffer.from(`${line}\n${line}\r\n`);
  const end = common.read(chunk, 0);
  const read = lines.number - 1;
  common.close();
  expect(end).toBe(read === 2 ? chunk.length : 0);
  return read;
}

describe('are read', () => {
  test.each([
    ['a bare line', LINE],
    ['one of kubectl logs --timestamps', `${TIME}Z ${LINE}`],
    ['one of CRI', `${TIME}Z stdout F ${LINE}`],
    ['one of CRI in a zone', `${TIME}+08:00 stdout F ${LINE}`],
    ['one without a fraction of a second', `2026-01-02T03:04:05Z ${LINE}`],
    ['one of kubectl logs --prefix', `${POD} ${LINE}`],
    ['one of kubectl logs --prefix --timestamps', `${POD} ${TIME}Z ${LINE}`],
    ['a client of IPv6', LINE.replace('10.0.0.1', '[fd00::1]')],
    ['TCP', LINE.replace('udp', 'tcp')],
    ['DO', LINE.replace('false', 'true')],
    ['a type by its number', LINE.replace('"A ', '"TYPE65280 ')],
    ['a reply without flags', LINE.replace('qr,rd,ra', '-')],
    ['the combined format', `${LINE} "0"`],
    ['a name in capitals', LINE.replace('a.example', 'A.example')],
  ])('%s', (_, line) => expect(readBehindFirst(line)).toBe(2));
});

describe('are left to TypeScript', () => {
  test.each([
    ['Docker', JSON.stringify({ log: `${LINE}\n`, stream: 'stdout', time: `${TIME}Z` })],
    ['a part of a line', `${TIME}Z stdout P ${LINE}`],
    ['a custom class', LINE.replace(' IN ', ' CH ')],
    ['a client that is no address', LINE.replace('10.0.0.1', '10.0.0.256')],
    ['a port that is none', LINE.replace('40000', '65536')],
    ['a size of ten digits', LINE.replace(' 90 ', ' 4294967386 ')],
    ['a type that nobody knows', LINE.replace('"A ', '"NONSENSE ')],
    ['a duration in other units', LINE.replace('0.000150566s', '150.566µs')],
    ['a name with an escape', LINE.replace('a.example', 'a\\032.example')],
    ['a name with a colour in it', LINE.replace('a.example', '\x1b[1ma.example')],
    ['a name that is no ASCII', LINE.replace('a.example', 'é.example')],
    ['an address that goes on', LINE.replace('10.0.0.1', '10.0.0.1.2')],
    ['an opcode that is none', `${LINE} "16"`],
    ['an event', '[INFO] plugin/reload: Running configuration SHA512 = 1'],
    ['a line that is cut', LINE.slice(0, 60)],
    ['a year that cannot be kept', `2250-01-02T03:04:05Z ${LINE}`],
  ])('%s', (_, line) => expect(readBehindFirst(line)).toBe(0));
});

test('a line is left whose line feed is in the next chunk', async () => {
  const bytes = Buffer.from(`${LINE}\n`.repeat(9));
  const together = await left(bytes, 3 * (LINE.length + 1) - 1, '1');
  expect(together.tables['log_queries']).toHaveLength(9);
  expect(together).toEqual(await left(bytes, 1 << 20, '0'));
});

test('a line is left while one before it may go on', () => {
  const rows = new SourceRows(START, () => undefined);
  const lines = new LogLines(rows);
  const common = CommonLines.beside(lines, rows)!;
  const panic = Buffer.from('goroutine 1 [running]:');
  lines.take(panic, 0, panic.length, false);
  const chunk = Buffer.from(`${LINE}\n`);
  expect(lines.areFree).toBe(false);
  expect(common.read(chunk, 0)).toBe(0);
  common.close();
});

test('after many lines of another form fewer are tried, until one of the common form is read', () => {
  const rows = new SourceRows(START, () => undefined);
  const lines = new LogLines(rows);
  const common = CommonLines.beside(lines, rows)!;
  const other = Buffer.from(`${LINE} more\n`);
  const chunk = Buffer.from(`${LINE}\n`);
  const tries = (count: number, bytes: Uint8Array) =>
    Array.from({ length: count }, () => common.read(bytes, 0)).filter((end) => end > 0).length;
  expect(tries(16, other)).toBe(0);
  expect(tries(64, chunk)).toBe(0);
  expect(tries(64, chunk)).toBe(64);
  common.close();
});

test('formats that were given come first', () => {
  const rows = new SourceRows(START, () => undefined);
  const lines = new LogLines(rows, ['{remote} {name} {type} {rcode} {duration}']);
  expect(lines.areFree).toBe(false);
});
