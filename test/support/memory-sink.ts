import { Batch, BATCH_ROWS } from '../../src/raw/batch.js';
import type { Columns, Table } from '../../src/raw/column.js';
import { ByteDictionary } from '../../src/raw/dictionary.js';
import { formatAddress, parseAddress } from '../../src/base/address.js';
import { FIRST_ROW_IDS, type Sink, type TimeBase, weaker } from '../../src/raw/sink.js';
import type { Problem } from '../../src/base/problem.js';
import { timesLeftOut } from '../../src/store/source-rows.js';
import { canBeKept } from '../../src/base/time/range.js';
import type { Reader, ReadOptions } from '../../src/raw/reader.js';
import type { Input } from '../../src/input/input.js';
import { SNIFF_BYTES } from '../../src/input/input.js';
import { asSeen } from './seen-messages.js';

/** A row as a test wants it: ids of names, addresses and texts resolved, 64-bit values as bigint, missing as null. */
export type Row = Record<string, string | number | bigint | boolean | null>;

/** What a reader said of one input. */
export interface Reading {
  rows: Record<string, Row[]>;
  /** The rows of the raw tables as they are. */
  raw: Record<string, Row[]>;
  problems: (Problem & { count: number })[];
  firstNanos: bigint | null;
  lastNanos: bigint | null;
  incomplete: string | null;
  timeBase: TimeBase | null;
}

const ADDRESS_COLUMNS = new Set([
  'src_id',
  'dst_id',
  'client_id',
  'server_id',
  'quoted_src_id',
  'quoted_dst_id',
]);
const ROW_IDS = new Set(['packet_id', 'path_id', 'shape_id']);
const NAME_COLUMNS = new Set(['qname_id', 'name_id']);

/** Runs a reader over bytes given whole or in chunks, without a database; messages are those of each time that they were seen. */
export async function readBytes(
  reader: Reader,
  bytes: Uint8Array | Uint8Array[] | string,
  options: Partial<ReadOptions> = {},
  path = 'test-input',
): Promise<Reading> {
  const parts =
    typeof bytes === 'string' ? [new TextEncoder().encode(bytes)] : Array.isArray(bytes) ? bytes : [bytes];
  const head = Buffer.concat(parts).subarray(0, SNIFF_BYTES);
  const input: Input = { path, head, lines: null, chunks: chunksOf(parts) };
  const sink = new MemorySink();
  await reader.read(input, sink, { ports: [53], ...options });
  const reading = sink.finish();
  return { ...reading, raw: reading.rows, rows: asSeen(reading.rows) };
}

async function* chunksOf(parts: Uint8Array[]): AsyncIterable<Uint8Array> {
  yield* parts;
}

class MemorySink implements Sink {
  readonly sourceId = 1;
  readonly label = null;
  readonly seed = 42;
  readonly rowIds = { ...FIRST_ROW_IDS };
  private readonly batches = new Map<string, Batch<Columns>>();
  private readonly text = {
    names: new Map<number, string>(),
    addresses: new Map<number, string>(),
    texts: new Map<number, string>(),
  };
  readonly names = this.dictionary('names');
  readonly addresses = this.dictionary('addresses');
  readonly texts = this.dictionary('texts');
  private readonly out: Reading = {
    rows: {},
    raw: {},
    problems: [],
    firstNanos: null,
    lastNanos: null,
    incomplete: null,
    timeBase: null,
  };

  private dictionary(kind: 'names' | 'addresses' | 'texts'): ByteDictionary {
    return new ByteDictionary(this.seed, 1, (id, bytes, start, end) => {
      const part = bytes.slice(start, end);
      this.text[kind].set(
        id,
        kind === 'addresses' ? formatAddress(part) : Buffer.from(part).toString('utf8'),
      );
    });
  }

  batch<C extends Columns>(table: Table<C>): Batch<C> {
    let batch = this.batches.get(table.name);
    if (!batch) {
      batch = new Batch<Columns>(table, (full) => this.take(full));
      this.batches.set(table.name, batch);
    }
    return batch as unknown as Batch<C>;
  }

  addressId(text: string): number | null {
    const bytes = parseAddress(text);
    return bytes ? this.addresses.idOf(bytes, 0, bytes.length) : null;
  }

  problem(problem: Problem, count = 1): void {
    const same = this.out.problems.find(
      (p) => p.code === problem.code && p.detail === problem.detail && p.example === problem.example,
    );
    if (same) same.count += count;
    else this.out.problems.push({ ...problem, count });
  }

  seen(seconds: number, nanos: number): void {
    if (!canBeKept(seconds)) return;
    const at = BigInt(seconds) * 1_000_000_000n + BigInt(nanos);
    if (this.out.firstNanos === null || at < this.out.firstNanos) this.out.firstNanos = at;
    if (this.out.lastNanos === null || at > this.out.lastNanos) this.out.lastNanos = at;
  }

  timesAre(base: TimeBase): void {
    this.out.timeBase = weaker(this.out.timeBase ?? base, base);
  }

  incomplete(why: string): void {
    this.out.incomplete = why;
  }

  finish(): Reading {
    for (const batch of this.batches.values()) batch.flush();
    return this.out;
  }

  private take(batch: Batch<Columns>): void {
    const left = timesLeftOut(batch);
    if (left) this.problem(left, left.count);
    if (batch.row > BATCH_ROWS) throw new Error('a batch holds more rows than it may');
    const rows = (this.out.rows[batch.table.name] ??= []);
    for (let i = 0; i < batch.row; i++) {
      const row: Row = {};
      for (const [name, column] of Object.entries(batch.table.columns)) {
        const data = batch.data[name]!;
        const validity = (batch.validity as Record<string, Uint8Array>)[name];
        if (validity && !((validity[i >> 3]! >> (i & 7)) & 1)) row[name] = null;
        else if (column.type === 'UBIGINT')
          row[name] =
            (BigInt((data as Uint32Array)[2 * i + 1]!) << 32n) | BigInt((data as Uint32Array)[2 * i]!);
        else if (column.type === 'BIGINT' || column.type === 'TIMESTAMP_NS')
          row[name] =
            (BigInt((data as Uint32Array)[2 * i + 1]! | 0) << 32n) | BigInt((data as Uint32Array)[2 * i]!);
        else if (column.type === 'BOOLEAN') row[name] = data[i] === 1;
        else row[name] = this.resolve(name, data[i] as string | number);
      }
      rows.push(row);
    }
  }

  private resolve(column: string, value: string | number): string | number {
    if (!column.endsWith('_id') || column === 'source_id' || value === 0) return value;
    if (ROW_IDS.has(column)) return value;
    const kind = NAME_COLUMNS.has(column) ? 'names' : ADDRESS_COLUMNS.has(column) ? 'addresses' : 'texts';
    return this.text[kind].get(value as number) ?? value;
  }
}
