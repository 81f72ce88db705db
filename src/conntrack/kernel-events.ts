import type { Instant } from '../base/time/instant.js';
import type { Batch } from '../raw/batch.js';
import { writeText, writeTime } from '../raw/optional-values.js';
import type { Sink } from '../raw/sink.js';
import { logEvents } from '../raw/tables/logs.js';
import type { KernelEvent } from './kernel-line.js';

const LONGEST_MESSAGE = 2000;

/** Writes lines of the kernel's log that tell of trouble, as events beside those of the servers' logs. */
export class KernelEvents {
  private readonly events: Batch<typeof logEvents.columns>;

  constructor(private readonly sink: Sink) {
    this.events = sink.batch(logEvents);
  }

  write(line: number, time: Instant | null, { event, to, reason }: KernelEvent, message: string): void {
    const { data, row } = this.events;
    data.source_id[row] = this.sink.sourceId;
    data.line[row] = line;
    data.stream_id[row] = 0;
    writeTime(this.events, 'time', time);
    for (const name of ['level', 'plugin'] as const) writeText(this.events, name, null);
    for (const name of ['qname_id', 'qtype'] as const) this.events.setNull(name);
    data.event[row] = event;
    writeText(this.events, 'upstream', to);
    writeText(this.events, 'reason', reason);
    data.count[row] = 1;
    data.message[row] = message.slice(0, LONGEST_MESSAGE);
    this.events.end();
    if (time) this.sink.seen(time.seconds, time.nanos);
  }
}
