import { SNIFF_BYTES } from './input.js';
import { ofHead } from './of-head.js';

/** Characters of a line that are kept. No line of configuration comes near. */
const LIMIT = 65536;

/** A line of text without its end. */
export interface TextLine {
  readonly text: string;
  /** From 1. */
  readonly number: number;
  /** Longer than what is kept of a line; the rest is left out. */
  readonly cut: boolean;
}

/** Takes one line of text without its line end. `whole` is false for a line cut at the limit. */
export type OnLine = (text: string, number: number, whole: boolean) => void;

/**
 * Calls `onLine` for each line of a UTF-8 stream (LF or CRLF; a byte order mark is dropped, broken UTF-8
 * becomes U+FFFD). A line keeps at most `limit` characters, the rest of it is passed over, so memory stays
 * flat. Returns whether the last line had its line end (an empty input counts as ended).
 */
export async function forEachLine(
  chunks: AsyncIterable<Uint8Array>,
  onLine: OnLine,
  limit = LIMIT,
): Promise<boolean> {
  const decoder = new TextDecoder();
  const lines = new LineCutter(onLine, limit);
  for await (const chunk of chunks) lines.push(decoder.decode(chunk, { stream: true }));
  lines.push(decoder.decode());
  return lines.finish();
}

/** The lines that `forEachLine` gives, for who waits between them. */
export async function* textLines(chunks: AsyncIterable<Uint8Array>, limit = LIMIT): AsyncGenerator<TextLine> {
  const decoder = new TextDecoder();
  const read: TextLine[] = [];
  const lines = new LineCutter((text, number, whole) => void read.push({ text, number, cut: !whole }), limit);
  for await (const chunk of chunks) {
    lines.push(decoder.decode(chunk, { stream: true }));
    yield* read.splice(0);
  }
  lines.push(decoder.decode());
  lines.finish();
  yield* read;
}

/** The lines of an input's head, for telling what it is; a last line that the head cuts is left out. */
export const headLines: (head: Uint8Array) => readonly string[] = ofHead((head) => {
  const lines = new TextDecoder().decode(head).split(/\r?\n/);
  if (head.length >= SNIFF_BYTES && lines.length > 1) lines.pop();
  return lines;
});

class LineCutter {
  private rest = '';
  private number = 0;
  private skipping = false;

  constructor(
    private readonly onLine: OnLine,
    private readonly limit: number,
  ) {}

  push(text: string): void {
    let start = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
      if (this.skipping) this.skipping = false;
      else this.emit(this.rest === '' ? text.slice(start, end) : this.rest + text.slice(start, end));
      this.rest = '';
      start = end + 1;
    }
    if (this.skipping) return;
    this.rest += text.slice(start);
    if (this.rest.length <= this.limit) return;
    this.emit(this.rest);
    this.rest = '';
    this.skipping = true;
  }

  finish(): boolean {
    const ended = this.rest === '';
    if (!ended) this.emit(this.rest);
    return ended;
  }

  private emit(line: string): void {
    this.number++;
    if (line.length > this.limit) this.onLine(line.slice(0, this.limit), this.number, false);
    else this.onLine(line.endsWith('\r') ? line.slice(0, -1) : line, this.number, true);
  }
}
