import type { LogEvent } from './events.js';
import { type Continuation, continuationOf } from './lines/multi-line.js';
import type { LogLine } from './log-line.js';
import type { LogWriter, PlacedEvent } from './log-writer.js';

const MOST_OPEN = 256;
/** Enough for the message column; what follows is only counted as read. */
const LONGEST_MESSAGE = 4096;

/** Events on their way to rows: those that lines may follow (a stack trace, a Corefile) wait for them. */
export class EventLog {
  private readonly open = new Map<number, { event: PlacedEvent; continuation: Continuation }>();

  constructor(private readonly writer: LogWriter) {}

  /** Whether an event of any stream waits for more lines. */
  get isWaiting(): boolean {
    return this.open.size > 0;
  }

  /** Takes an event; `text` is its line without wrapper and level. */
  add(line: LogLine, event: LogEvent, message: string, text: string): void {
    this.close(line.streamId);
    const { number, timed, time, streamId } = line;
    const placed = {
      ...event,
      line: number,
      timed,
      seconds: time.seconds,
      nanos: time.nanos,
      streamId,
      message,
    };
    const continuation = continuationOf(text);
    if (!continuation) this.writer.event(placed);
    else {
      if (this.open.size >= MOST_OPEN) this.finish();
      this.open.set(streamId, { event: placed, continuation });
    }
  }

  /** Adds a line to the event before it, if it belongs there. */
  continues(streamId: number, text: string): boolean {
    const waiting = this.open.get(streamId);
    if (!waiting?.continuation.takes(text)) return false;
    if (waiting.event.message.length < LONGEST_MESSAGE) waiting.event.message += `\n${text}`;
    return true;
  }

  /** Writes the event of a stream that waits: another line has begun. */
  close(streamId: number): void {
    const waiting = this.open.get(streamId);
    if (!waiting) return;
    this.open.delete(streamId);
    this.writer.event(waiting.event);
  }

  finish(): void {
    for (const { event } of this.open.values()) this.writer.event(event);
    this.open.clear();
  }
}
