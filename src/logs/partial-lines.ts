import { LAST_PART, type LogLine, WHOLE } from './log-line.js';
import { LONGEST_LINE } from './line-splitter.js';

const MOST_STREAMS = 64;

/** The parts of one line so far, and where and when the first of them stood. */
interface Parts {
  bytes: Uint8Array;
  length: number;
  number: number;
  timed: boolean;
  seconds: number;
  nanos: number;
}

/** Puts lines together that a container runtime has cut at 16 KiB, for each stream on its own. */
export class PartialLines {
  private readonly open = new Map<number, Parts>();

  /** Whether a part of a line waits for more of it. */
  get isWaiting(): boolean {
    return this.open.size > 0;
  }

  /** True if `line` is whole now (and holds all of its parts); false if more of it follows. */
  join(line: LogLine): boolean {
    if (line.part === WHOLE) return true;
    const key = line.streamId * 2 + (line.isStderr ? 1 : 0);
    const parts = this.open.get(key);
    if (line.part === LAST_PART) {
      if (!parts) return true;
      append(parts, line);
      this.open.delete(key);
      hold(line, parts);
      return true;
    }
    if (parts) append(parts, line);
    // Hostile input only: a part of one stream too many counts as a whole line.
    else if (this.open.size < MOST_STREAMS) this.open.set(key, begin(line));
    else return true;
    return false;
  }

  /** Hands on lines whose last part never came. */
  finish(line: LogLine, take: (line: LogLine) => void): void {
    for (const [key, parts] of this.open) {
      hold(line, parts);
      line.streamId = key >> 1;
      take(line);
    }
    this.open.clear();
  }
}

function begin(line: LogLine): Parts {
  const parts: Parts = {
    bytes: new Uint8Array(Math.max(1024, 2 * (line.end - line.start))),
    length: 0,
    number: line.number,
    timed: line.timed,
    seconds: line.time.seconds,
    nanos: line.time.nanos,
  };
  append(parts, line);
  return parts;
}

function append(parts: Parts, line: LogLine): void {
  const length = Math.min(line.end - line.start, LONGEST_LINE - parts.length);
  if (parts.length + length > parts.bytes.length) {
    const wider = new Uint8Array(2 * (parts.length + length));
    wider.set(parts.bytes.subarray(0, parts.length));
    parts.bytes = wider;
  }
  parts.bytes.set(line.bytes.subarray(line.start, line.start + length), parts.length);
  parts.length += length;
}

function hold(line: LogLine, parts: Parts): void {
  line.bytes = parts.bytes;
  line.start = 0;
  line.end = parts.length;
  line.number = parts.number;
  line.timed = parts.timed;
  line.time.seconds = parts.seconds;
  line.time.nanos = parts.nanos;
  line.part = WHOLE;
}
