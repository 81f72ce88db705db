import type { Sink } from '../raw/sink.js';
import { noCounters, type CounterValues } from './counter-fields.js';
import type { Instant } from '../base/time/instant.js';
import type { MetricLine } from './metrics-line.js';
import type { Samples } from './samples.js';

/** Puts node_exporter's metrics together to one sample a scrape (sums over all CPUs, cpu -1). */
export class Scrape {
  private values: CounterValues | null = null;
  private line = 0;
  private entries: number | null = null;
  private limit: number | null = null;
  private time: Instant | null = null;
  private labels: string | null = null;

  constructor(
    private readonly samples: Samples,
    private readonly sink: Sink,
  ) {}

  take(metric: MetricLine, line: number): void {
    this.labels ??= metric.labels;
    if (metric.labels !== this.labels) {
      const detail =
        'Metrics of several nodes or instances stand in one input; only those of the first were kept.';
      this.sink.problem({ code: 'several-instances', detail, position: `line ${line}` });
      return;
    }
    if (this.isRepeated(metric)) this.finish();
    if (this.isEmpty()) this.line = line;
    if (metric.millis !== null) this.time ??= instantOf(metric.millis / 1000);
    if (metric.what === 'time') {
      this.time ??= instantOf(metric.value);
      this.finish();
    } else if (metric.what === 'entries') this.entries = metric.value;
    else if (metric.what === 'entries_limit') this.limit = metric.value;
    else (this.values ??= noCounters())[metric.index] = metric.value;
  }

  finish(): void {
    if (this.entries !== null) this.samples.addFigure(this.line, 'entries', this.entries, this.time);
    if (this.limit !== null) this.samples.addFigure(this.line, 'max_entries', this.limit, this.time);
    if (this.values) this.samples.addCounters(this.line, -1, this.values, this.time);
    this.values = null;
    this.entries = null;
    this.limit = null;
    this.time = null;
  }

  private isEmpty(): boolean {
    return this.values === null && this.entries === null && this.limit === null;
  }

  private isRepeated({ what, index }: MetricLine): boolean {
    if (what === 'entries') return this.entries !== null;
    if (what === 'entries_limit') return this.limit !== null;
    return what === 'counter' && this.values !== null && !Number.isNaN(this.values[index]!);
  }
}

function instantOf(seconds: number): Instant | null {
  if (!(seconds > 0 && seconds < 4102444800)) return null;
  const whole = Math.floor(seconds);
  return { seconds: whole, nanos: Math.floor((seconds - whole) * 1e6) * 1000 };
}
