import type { Instant } from '../base/time/instant.js';
import type { Sink } from '../raw/sink.js';
import { CounterWriter } from './counter-writer.js';
import type { Clock, FormReader, Reading } from './form.js';
import { COUNTER_FORMS } from './forms/index.js';

/** Readings of one sample; a /metrics page of the largest cluster has some ten thousand. */
const MOST_READINGS = 200_000;

/**
 * Reads lines of any form of counters and puts them together to samples: a counter that comes again begins the next
 * one. A date stands before its sample (`date; nstat -a`), unless the input begins with a sample that a date follows.
 */
export class CounterSamples {
  private readonly forms: readonly FormReader[] = COUNTER_FORMS.map((form) => form.reader());
  private readonly writer: CounterWriter;
  private rows: { reading: Reading; line: number }[] = [];
  private readonly seen = new Set<string>();
  private now: Instant | null = null;
  private own: Instant | null = null;
  private since: Instant | null = null;
  private datesFollow = false;
  private isOrderKnown = false;
  private sample = 0;

  constructor(sink: Sink) {
    this.writer = new CounterWriter(sink);
  }

  /** Takes a line if it is of a form of counters; `date` is what stands before it on the line. */
  take(line: string, number: number, date: Instant | null = null): boolean {
    const readings = readLine(this.forms, line);
    if (!readings) return false;
    for (const reading of readings) this.add(reading, number, date);
    return true;
  }

  /** A date on a line of its own. */
  date(instant: Instant): void {
    if (!this.isOrderKnown) {
      this.datesFollow = this.sample === 0 && this.rows.length > 0;
      this.isOrderKnown = true;
    }
    if (this.datesFollow) this.own ??= instant;
    this.end();
    this.now = this.datesFollow ? null : instant;
  }

  /** A command whose output follows. */
  command(text: string): void {
    for (const form of this.forms) form.command(text);
    // a date behind a prompt stands before what the next prompt gives
    if (this.rows.length > 0) this.isOrderKnown = true;
  }

  /** Ends the sample at hand. */
  end(): void {
    const { sample, since } = this;
    const time = this.own ?? this.now;
    for (const { reading, line } of this.rows)
      this.writer.write({
        reading,
        line,
        sample,
        time: reading.at ?? time,
        since: ofProgram(reading, since),
      });
    if (this.rows.length > 0) this.sample++;
    this.rows = [];
    this.seen.clear();
    this.own = null;
    this.since = null;
  }

  private add(reading: Reading | Clock, line: number, date: Instant | null): void {
    if ('clock' in reading) {
      if (reading.clock === 'now') this.own ??= reading.at;
      else this.since = reading.at;
      return;
    }
    const key = `${reading.origin} ${reading.instance ?? ''} ${reading.counter} ${JSON.stringify(reading.labels ?? {})}`;
    if (this.seen.has(key) || this.rows.length === MOST_READINGS) this.end();
    this.seen.add(key);
    this.own ??= date;
    this.rows.push({ reading, line });
  }
}

/** The readings of a line by the form that it is of; null where it is of none. */
export function readLine(forms: readonly FormReader[], line: string): readonly (Reading | Clock)[] | null {
  for (const form of forms) {
    const readings = form.read(line);
    if (readings) return readings;
  }
  return null;
}

/** Only CoreDNS's own counters begin when its process does. */
function ofProgram(reading: Reading, since: Instant | null): Instant | null {
  return reading.origin === 'coredns' ? since : null;
}
