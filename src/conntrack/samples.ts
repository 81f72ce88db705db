import type { Instant } from '../base/time/instant.js';
import type { Batch } from '../raw/batch.js';
import { writeBigint, writeTime } from '../raw/optional-values.js';
import type { Sink } from '../raw/sink.js';
import { conntrackCounters, conntrackTable } from '../raw/tables/kernel.js';
import { COUNTER_NAMES, type CounterValues } from './counter-fields.js';
import type { TableFigure } from './table-size.js';

/** More CPUs than any kernel knows (CONFIG_NR_CPUS): a block ends here at the latest. */
const MOST_CPUS = 8192;

interface CounterRow {
  line: number;
  cpu: number;
  values: CounterValues;
}

interface TableRow {
  line: number;
  time: Instant | null;
  entries: number | null;
  max_entries: number | null;
}

/**
 * Puts lines together to samples and writes them. A date stands before its sample (`date; conntrack -S`),
 * unless the input begins with a whole sample that a date follows: then each date stands after its sample.
 */
export class Samples {
  private readonly counters: Batch<typeof conntrackCounters.columns>;
  private readonly table: Batch<typeof conntrackTable.columns>;
  private now: Instant | null = null;
  private datesFollow = false;
  private isOrderKnown = false;
  private time: Instant | null = null;
  private rows: CounterRow[] = [];
  private readonly cpus = new Set<number>();
  private pending: TableRow | null = null;
  private sample = 0;
  private written = 0;

  constructor(private readonly sink: Sink) {
    this.counters = sink.batch(conntrackCounters);
    this.table = sink.batch(conntrackTable);
  }

  /** A date on a line of its own. */
  date(instant: Instant): void {
    if (!this.isOrderKnown) {
      const first = this.rows[0]?.cpu ?? (this.pending ? 0 : 1);
      this.datesFollow = this.written === 0 && first < 1;
      this.isOrderKnown = true;
    }
    if (this.datesFollow) this.stamp(instant);
    this.endBlock();
    this.now = this.datesFollow ? null : instant;
  }

  /** Gives the sample at hand a time if it has none yet (a clock printed within it). */
  stamp(instant: Instant): void {
    if (this.rows.length > 0) this.time ??= instant;
    if (this.pending) this.pending.time ??= instant;
  }

  /** One CPU's counters; `own` is the time that its line carries. A CPU met again begins the next sample. */
  addCounters(line: number, cpu: number, values: CounterValues, own: Instant | null): void {
    if (this.cpus.has(cpu) || this.cpus.size === MOST_CPUS) this.endCounters();
    if (this.rows.length === 0) this.time = own ?? this.now;
    this.cpus.add(cpu);
    this.rows.push({ line, cpu, values });
  }

  /** The table's size or its limit; a figure met again begins the next sample. */
  addFigure(line: number, figure: TableFigure, value: number, own: Instant | null): void {
    if (this.pending && this.pending[figure] !== null) this.endTable();
    this.pending ??= { line, time: own ?? this.now, entries: null, max_entries: null };
    this.pending[figure] = value;
  }

  /** The table's size as the lines of one sample repeat it for each CPU. */
  addRepeatedEntries(line: number, value: number, own: Instant | null): void {
    if (this.pending?.entries !== value || this.cpus.size <= 1) this.addFigure(line, 'entries', value, own);
  }

  /** One `table full` line of the kernel's log. */
  addTableFull(line: number, own: Instant | null): void {
    this.endTable();
    this.writeTable({ line, time: own ?? this.now, entries: null, max_entries: null }, 1);
  }

  /** A sample ends here: a prompt, a date, a header, the end of the input. */
  endBlock(): void {
    this.endCounters();
    this.endTable();
  }

  /** A prompt separates what one command printed from the next. */
  command(): void {
    this.endCounters();
    this.isOrderKnown = true;
  }

  endCounters(): void {
    for (const row of this.rows) this.writeCounters(row);
    if (this.rows.length > 0) this.sample++;
    if (this.rows.length > 0 && this.time) this.sink.seen(this.time.seconds, this.time.nanos);
    this.rows = [];
    this.cpus.clear();
  }

  private endTable(): void {
    if (this.pending) this.writeTable(this.pending, 0);
    this.pending = null;
  }

  private writeCounters({ line, cpu, values }: CounterRow): void {
    const { data, row } = this.counters;
    data.source_id[row] = this.sink.sourceId;
    data.sample[row] = this.sample;
    data.line[row] = line;
    writeTime(this.counters, 'time', this.time);
    data.cpu[row] = cpu;
    for (const [i, name] of COUNTER_NAMES.entries()) {
      writeBigint(this.counters, name, Number.isNaN(values[i]!) ? null : values[i]!);
    }
    this.counters.end();
    this.written++;
  }

  private writeTable(sample: TableRow, fullMessages: number): void {
    const { data, row } = this.table;
    data.source_id[row] = this.sink.sourceId;
    data.line[row] = sample.line;
    writeTime(this.table, 'time', sample.time);
    writeBigint(this.table, 'entries', sample.entries);
    writeBigint(this.table, 'max_entries', sample.max_entries);
    data.full_messages[row] = fullMessages;
    this.table.end();
    this.written++;
    if (sample.time) this.sink.seen(sample.time.seconds, sample.time.nanos);
  }
}
