import type { Input } from '../input/reader.js';

/** A line of text without its end. */
export interface TextLine {
  readonly text: string;
  /** From 1. */
  readonly number: number;
  /** More than MAX_LINE bytes long; the rest is left out. */
  readonly cut: boolean;
}

/** Bytes of a line that are kept. No line of configuration comes near. */
const MAX_LINE = 65536;

/** Splits an input into lines (`\n`, `\r\n`) in bounded memory. */
export async function* textLines(input: Input): AsyncGenerator<TextLine> {
  let number = 1;
  let held: Uint8Array[] = [];
  let size = 0;
  let cut = false;
  const keep = (part: Uint8Array): void => {
    const room = MAX_LINE - size;
    if (part.length > room) cut = true;
    if (room > 0 && part.length > 0) held.push(part.slice(0, room));
    size += Math.min(part.length, room);
  };
  const line = (): TextLine => {
    const text = decode(held, number === 1);
    const done = { text, number: number++, cut };
    held = [];
    size = 0;
    cut = false;
    return done;
  };
  for await (const chunk of input.chunks) {
    let start = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, start)) {
      keep(chunk.subarray(start, end));
      yield line();
      start = end + 1;
    }
    keep(chunk.subarray(start));
  }
  if (size > 0) yield line();
}

/** The lines of an input's head, for telling what it is; a last line that the head cuts is left out. */
export function headLines(head: Uint8Array, full: number): string[] {
  const lines = decode([head], true).split('\n');
  if (head.length >= full && lines.length > 1) lines.pop();
  return lines.map((text) => text.replace(/\r$/, ''));
}

/** Reads at most `limit` bytes of an input as text; says whether there were more. */
export async function readText(input: Input, limit: number): Promise<{ text: string; cut: boolean }> {
  const parts: Uint8Array[] = [];
  let size = 0;
  let cut = false;
  for await (const chunk of input.chunks) {
    const room = limit - size;
    if (chunk.length > room) cut = true;
    if (room > 0) parts.push(chunk.slice(0, room));
    size += Math.min(room, chunk.length);
  }
  return { text: decode(parts, true), cut };
}

function decode(parts: Uint8Array[], first: boolean): string {
  const text = Buffer.concat(parts).toString('utf8');
  const start = first && text.charCodeAt(0) === 0xfeff ? 1 : 0;
  return text.slice(start, text.endsWith('\r') ? -1 : undefined);
}
