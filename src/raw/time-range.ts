import type { Sink } from './sink.js';
import { canBeKept } from '../base/time/range.js';

/** The earliest and latest instant that can be kept of an input's. */
export class TimeRange {
  private first = { seconds: Infinity, nanos: 0 };
  private last = { seconds: -Infinity, nanos: 0 };

  add(seconds: number, nanos: number): void {
    if (!canBeKept(seconds)) return;
    const { first, last } = this;
    if (seconds < first.seconds || (seconds === first.seconds && nanos < first.nanos)) {
      first.seconds = seconds;
      first.nanos = nanos;
    }
    if (seconds > last.seconds || (seconds === last.seconds && nanos > last.nanos)) {
      last.seconds = seconds;
      last.nanos = nanos;
    }
  }

  tell(sink: Sink): void {
    if (this.first.seconds > this.last.seconds) return;
    sink.seen(this.first.seconds, this.first.nanos);
    sink.seen(this.last.seconds, this.last.nanos);
  }
}
