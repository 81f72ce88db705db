import type { Instant } from '../base/time/instant.js';
import { canBeKept, END_YEAR, FIRST_YEAR } from '../base/time/range.js';
import { formatAddress, parseAddress } from '../base/address.js';
import { Batch, type BatchConsumer } from '../raw/batch.js';
import type { Columns, Table } from '../raw/column.js';
import { ByteDictionary } from '../raw/dictionary.js';
import { type CountedProblem, ProblemLog } from './problem-log.js';
import { type RowIds, type Sink, type TimeBase, weaker } from '../raw/sink.js';
import type { Problem } from '../base/problem.js';
import { addresses, names, sources, texts } from '../raw/tables/ledger.js';

/** What a reader needs to know of the source and the database before it reads. */
export interface SourceStart {
  sourceId: number;
  label: string | null;
  /** By how much the clock that its times are of is ahead; seconds. */
  aheadSeconds: number;
  seed: number;
  nextIds: NextIds;
}

/** The ids that the next new name, address, text and row with an id get. */
export interface NextIds extends RowIds {
  names: number;
  addresses: number;
  texts: number;
}

/** What is known of a source beside its rows. */
export interface SourceFindings {
  problems: CountedProblem[];
  first: Instant | null;
  last: Instant | null;
  timeBase: TimeBase | null;
  whyIncomplete: string | null;
}

const decoder = new TextDecoder();

/** The sink of one source: gathers rows in batches, which go to `consume`. */
export class SourceRows implements Sink {
  readonly sourceId: number;
  readonly label: string | null;
  readonly aheadSeconds: number;
  readonly seed: number;
  readonly names: ByteDictionary;
  readonly addresses: ByteDictionary;
  readonly texts: ByteDictionary;
  readonly rowIds: RowIds;
  readonly problems = new ProblemLog();
  first: Instant | null = null;
  last: Instant | null = null;
  timeBase: TimeBase | null = null;
  whyIncomplete: string | null = null;
  private readonly batches = new Map<string, Batch<Columns>>();

  constructor(
    { sourceId, label, aheadSeconds, seed, nextIds }: SourceStart,
    private readonly consume: BatchConsumer,
  ) {
    this.sourceId = sourceId;
    this.label = label;
    this.aheadSeconds = aheadSeconds;
    this.seed = seed;
    this.names = this.dictionary(names, 'name_id', 'name', nextIds.names, text);
    this.addresses = this.dictionary(addresses, 'address_id', 'address', nextIds.addresses, formatAddress);
    this.texts = this.dictionary(texts, 'text_id', 'text', nextIds.texts, text);
    const { packets, paths, shapes } = nextIds;
    this.rowIds = { packets, paths, shapes };
  }

  batch<C extends Columns>(table: Table<C>): Batch<C> {
    let batch = this.batches.get(table.name);
    if (!batch) {
      // the ledger's own times are no times of the source, or set back already
      const ahead = table.name === sources.name ? 0 : this.aheadSeconds;
      batch = new Batch<Columns>(table, (full) => this.handOn(full), ahead);
      this.batches.set(table.name, batch);
    }
    return batch as unknown as Batch<C>;
  }

  addressId(address: string): number | null {
    const bytes = parseAddress(address);
    return bytes && this.addresses.idOf(bytes, 0, bytes.length);
  }

  problem(problem: Problem): void {
    this.problems.add(problem);
  }

  /** A time that cannot be kept is none that this source covers. */
  seen(seconds: number, nanos: number): void {
    if (!canBeKept(seconds)) return;
    if (this.aheadSeconds === 0) return this.covers(seconds, nanos);
    const whole = Math.floor(this.aheadSeconds);
    const rest = nanos - Math.round((this.aheadSeconds - whole) * 1e9);
    this.covers(seconds - whole - (rest < 0 ? 1 : 0), rest < 0 ? rest + 1e9 : rest);
  }

  private covers(seconds: number, nanos: number): void {
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

  timesAre(base: TimeBase): void {
    this.timeBase = weaker(this.timeBase ?? base, base);
  }

  incomplete(why: string): void {
    this.whyIncomplete ??= why;
  }

  /** Rows written so far, by what each table's are counted as. */
  rowsByTable(): Record<string, number> {
    const counts = [...this.batches.values()].map(({ table, total }) => [table.countedAs, total] as const);
    return Object.fromEntries(counts.filter(([counted, total]) => total > 0 && counted !== null));
  }

  /** The rows of all of them. */
  get rows(): number {
    return Object.values(this.rowsByTable()).reduce((sum, count) => sum + count, 0);
  }

  /** Hands on what rows are still gathered. */
  flush(): void {
    for (const batch of this.batches.values()) batch.flush();
  }

  findings(): SourceFindings {
    const { first, last, timeBase, whyIncomplete } = this;
    return { problems: [...this.problems.values()], first, last, timeBase, whyIncomplete };
  }

  /** Adds what others found in parts of this source. */
  add({ problems, first, last, timeBase, whyIncomplete }: SourceFindings): void {
    for (const problem of problems) this.problems.add(problem, problem.count);
    for (const instant of [first, last]) if (instant) this.covers(instant.seconds, instant.nanos);
    if (timeBase !== null) this.timesAre(timeBase);
    if (whyIncomplete !== null) this.incomplete(whyIncomplete);
  }

  private handOn(batch: Batch<Columns>): void {
    const left = timesLeftOut(batch);
    if (left) this.problems.add(left, left.count);
    this.consume(batch);
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

/** What is to be told of the times in a batch that could not be kept. */
export function timesLeftOut(batch: Batch<Columns>): (Problem & { count: number }) | null {
  const [first] = batch.withoutTime;
  if (first === undefined) return null;
  const place = ['frame', 'line'].find((name) => name in batch.data);
  return {
    code: 'time-out-of-range',
    detail: `A time is none of ${FIRST_YEAR} to ${END_YEAR - 1}, by a wrong clock or damage; it was left out.`,
    position: place ? `${place} ${(batch.data[place] as Uint32Array)[first]}` : `row ${first + 1}`,
    count: batch.withoutTime.length,
  };
}

function text(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

function before(seconds: number, nanos: number, than: Instant): boolean {
  return seconds < than.seconds || (seconds === than.seconds && nanos < than.nanos);
}
