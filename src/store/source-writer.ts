import { formatAddress, parseAddress } from './address.js';
import { TableAppender } from './appender.js';
import { Batch } from './batch.js';
import type { Columns, Table } from './column.js';
import type { Database } from './database.js';
import { ByteDictionary } from './dictionary.js';
import { ProblemLog } from './problem-log.js';
import type { Problem, Sink } from './sink.js';
import { addresses, names, texts } from './tables/ledger.js';

/** Tables that no reader fills by itself, so that their rows are no evidence. */
const DICTIONARIES = new Set([names.name, addresses.name, texts.name]);

/** An instant of a source: seconds since 1970 UTC and nanoseconds. */
export interface Instant {
  seconds: number;
  nanos: number;
}

const decoder = new TextDecoder();

/** The sink of one source: batches go to DuckDB in the transaction that is open. */
export class SourceWriter implements Sink {
  private readonly batches = new Map<string, { batch: Batch<Columns>; appender: TableAppender }>();
  readonly problems = new ProblemLog();
  first: Instant | null = null;
  last: Instant | null = null;
  whyIncomplete: string | null = null;
  readonly names: ByteDictionary;
  readonly addresses: ByteDictionary;
  readonly texts: ByteDictionary;

  constructor(
    private readonly database: Database,
    readonly sourceId: number,
    readonly label: string | null,
    readonly seed: number,
    nextIds: { names: number; addresses: number; texts: number },
  ) {
    this.names = this.dictionary(names, 'name_id', 'name', nextIds.names, text);
    this.addresses = this.dictionary(addresses, 'address_id', 'address', nextIds.addresses, formatAddress);
    this.texts = this.dictionary(texts, 'text_id', 'text', nextIds.texts, text);
  }

  batch<C extends Columns>(table: Table<C>): Batch<C> {
    let entry = this.batches.get(table.name);
    if (!entry) {
      const appender = new TableAppender(this.database.handle, table);
      entry = { appender, batch: new Batch<Columns>(table, (full) => appender.append(full)) };
      this.batches.set(table.name, entry);
    }
    return entry.batch as unknown as Batch<C>;
  }

  addressId(address: string): number | null {
    const bytes = parseAddress(address);
    return bytes && this.addresses.idOf(bytes, 0, bytes.length);
  }

  problem(problem: Problem): void {
    this.problems.add(problem);
  }

  seen(seconds: number, nanos: number): void {
    if (this.first === null || this.last === null) {
      this.first = { seconds, nanos };
      this.last = { seconds, nanos };
    } else if (before(seconds, nanos, this.first)) {
      this.first.seconds = seconds;
      this.first.nanos = nanos;
    } else if (!before(seconds, nanos, this.last)) {
      this.last.seconds = seconds;
      this.last.nanos = nanos;
    }
  }

  incomplete(why: string): void {
    this.whyIncomplete ??= why;
  }

  /** Rows written so far, by table, dictionaries left out. */
  rowsByTable(): Record<string, number> {
    const counts = [...this.batches].filter(([name]) => !DICTIONARIES.has(name));
    return Object.fromEntries(counts.map(([name, { batch }]) => [name, batch.total]));
  }

  /** Hands all that is buffered to DuckDB; nothing can be written after. */
  close(): void {
    for (const { batch, appender } of this.batches.values()) {
      batch.flush();
      appender.close();
    }
  }

  private dictionary(
    table: typeof names | typeof addresses | typeof texts,
    idColumn: string,
    textColumn: string,
    nextId: number,
    show: (bytes: Uint8Array) => string,
  ): ByteDictionary {
    return new ByteDictionary(this.seed, nextId, (id, bytes, start, end) => {
      const batch = this.batch<Columns>(table as unknown as Table);
      (batch.data[idColumn] as Uint32Array)[batch.row] = id;
      (batch.data[textColumn] as string[])[batch.row] = show(bytes.subarray(start, end));
      batch.end();
    });
  }
}

function text(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

function before(seconds: number, nanos: number, than: Instant): boolean {
  return seconds < than.seconds || (seconds === than.seconds && nanos < than.nanos);
}
