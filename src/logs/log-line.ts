import { stripVTControlCharacters } from 'node:util';
import type { Dictionary } from '../raw/sink.js';
import type { Instant } from '../base/time/instant.js';

/** Which part of a longer line a wrapper says that this is. */
export const WHOLE = 0;
export const MORE_FOLLOWS = 1;
export const LAST_PART = 2;

const NOTHING = new Uint8Array(0);
const encoder = new TextEncoder();

/**
 * One line on its way from the input to a row: the same object for every line. Wrappers move `start` and
 * `end` (or `bytes`, where text was unescaped) to what they hold, and say when and by whom it was written.
 */
export class LogLine {
  bytes: Uint8Array = NOTHING;
  start = 0;
  end = 0;
  /** Line in the input, from 1. */
  number = 0;
  timed = false;
  readonly time: Instant = { seconds: 0, nanos: 0 };
  /** Pod and container that wrote the line, in texts; 0 where nobody says. */
  streamId = 0;
  /** Standard error rather than output: partial lines of the two are not mixed. */
  isStderr = false;
  part = WHOLE;
  /** The wrapper was damaged: its text could be read, the rest not. */
  isDamaged = false;
  /** The text was unescaped, so that it may hold line feeds. */
  isDecoded = false;

  constructor(private readonly texts: Dictionary) {}

  begin(bytes: Uint8Array, start: number, end: number, number: number): void {
    this.bytes = bytes;
    this.start = start;
    this.end = end;
    this.number = number;
    this.timed = false;
    this.streamId = 0;
    this.isStderr = false;
    this.part = WHOLE;
    this.isDamaged = false;
    this.isDecoded = false;
  }

  /** Says when the line was written; wrappers further in know better. */
  writtenAt(seconds: number, nanos: number): void {
    this.timed = true;
    this.time.seconds = seconds;
    this.time.nanos = nanos;
  }

  writtenBy(stream: string): void {
    if (stream !== '') this.streamId = this.texts.idOfText(stream.slice(0, 512));
  }

  writtenByBytes(start: number, end: number): void {
    if (end > start) this.streamId = this.texts.idOf(this.bytes, start, Math.min(end, start + 512));
  }

  /** Puts a decoded text in place of the bytes; colours and line ends at its end are taken off. */
  holds(text: string): void {
    const bytes = encoder.encode(text.includes('\x1b') ? stripVTControlCharacters(text) : text);
    this.holdsBytes(bytes, bytes.length);
  }

  /** Puts decoded bytes, `bytes[0..length)`, in place of the line's own. */
  holdsBytes(bytes: Uint8Array, length: number): void {
    this.bytes = bytes;
    this.start = 0;
    this.end = length;
    this.isDecoded = true;
    while (this.end > 0 && (bytes[this.end - 1] === 10 || bytes[this.end - 1] === 13)) this.end--;
  }

  /** Whether the line has this ASCII text at `at`. */
  hasAt(at: number, text: string): boolean {
    if (at + text.length > this.end) return false;
    for (let i = 0; i < text.length; i++) if (this.bytes[at + i] !== text.charCodeAt(i)) return false;
    return true;
  }

  startsWith(text: string): boolean {
    return this.hasAt(this.start, text);
  }

  /** The first `limit` bytes as text; bytes that are no UTF-8 become U+FFFD. */
  text(limit = 8192): string {
    return this.first(limit).toString('utf8');
  }

  /** The first `limit` bytes, a character each, so that a place in the text is one in the bytes. */
  ascii(limit: number): string {
    return this.first(limit).toString('latin1');
  }

  private first(limit: number): Buffer {
    const { bytes, start, end } = this;
    return Buffer.from(bytes.buffer, bytes.byteOffset + start, Math.min(limit, end - start));
  }
}
