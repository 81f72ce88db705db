import type { Instant } from '../base/time/instant.js';
import type { Batch } from '../raw/batch.js';
import { writeText, writeTime } from '../raw/optional-values.js';
import type { Sink } from '../raw/sink.js';
import { counters } from '../raw/tables/counters.js';
import type { Reading } from './form.js';

/** A reading, and where and when it was read. */
export interface CounterRow {
  readonly reading: Reading;
  readonly line: number;
  readonly sample: number;
  readonly time: Instant | null;
  /** Since when its program counts. */
  readonly since: Instant | null;
}

/** Writes rows of raw.counters. */
export class CounterWriter {
  private readonly batch: Batch<typeof counters.columns>;

  constructor(private readonly sink: Sink) {
    this.batch = sink.batch(counters);
  }

  /** Nothing is written of a number that no counter reaches, or none: sums of such would be no numbers. */
  write({ reading, line, sample, time, since }: CounterRow): void {
    if (!(Math.abs(reading.value) <= Number.MAX_SAFE_INTEGER)) return;
    const { batch } = this;
    const { data, row } = batch;
    data.source_id[row] = this.sink.sourceId;
    data.sample[row] = sample;
    data.line[row] = line;
    writeTime(batch, 'time', time);
    data.origin[row] = reading.origin;
    writeText(batch, 'instance', reading.instance);
    data.counter[row] = reading.counter;
    data.labels[row] = JSON.stringify(reading.labels ?? {});
    data.value[row] = reading.value;
    data.meaning[row] = reading.meaning;
    data.about[row] = reading.about;
    data.is_trouble[row] = reading.isTrouble ? 1 : 0;
    writeTime(batch, 'counting_since', since);
    batch.end();
    if (time) this.sink.seen(time.seconds, time.nanos);
  }
}
