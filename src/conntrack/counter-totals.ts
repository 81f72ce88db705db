import { noCounters, type CounterValues } from './counter-fields.js';
import type { Samples } from './samples.js';

/** Puts the lines of a tool that prints one sum a line together to one sample over all CPUs (cpu -1). */
export class Totals {
  private values: CounterValues | null = null;
  private line = 0;

  constructor(private readonly samples: Samples) {}

  /** Takes a line if it is one; a counter met again begins the next sample. */
  take(total: { name: string; index: number; value: number } | null, line: number): boolean {
    if (!total) return false;
    if (total.index === -1) {
      this.finish();
      this.samples.addFigure(line, 'entries', total.value, null);
      return true;
    }
    if (this.values && !Number.isNaN(this.values[total.index]!)) this.finish();
    if (!this.values) this.line = line;
    this.values ??= noCounters();
    this.values[total.index] = total.value;
    return true;
  }

  finish(): void {
    if (this.values) this.samples.addCounters(this.line, -1, this.values, null);
    this.values = null;
  }
}
