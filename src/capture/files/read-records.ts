import type { Input } from '../../input/input.js';
import type { FrameTaker } from './frame-taker.js';
import { RecordFeed } from './record-feed.js';

/** What walks the records of one format of capture and has a decoder read their frames. */
export interface Records {
  /** Whether no more bytes follow. */
  isAtEnd: boolean;
  /** A RecordStep; `offset` is the place of `start` in the file. */
  step(bytes: Uint8Array, start: number, end: number, offset: number): number;
  /** Tells how the file ends: `rest` bytes from `offset` on make no whole record, `missing` more were to be skipped. */
  end(offset: number, rest: number, missing: number): void;
}

/** Reads the records of a capture from its first chunk to its last, in the memory that the decoder has for them. */
export async function readRecords({ chunks }: Input, decoder: FrameTaker, records: Records): Promise<void> {
  const step = (bytes: Uint8Array, start: number, end: number) =>
    records.step(bytes, start, end, feed.offset);
  const feed = new RecordFeed(step, decoder.window);
  for await (const chunk of chunks) {
    if (!feed.push(chunk)) break;
    decoder.pause();
  }
  records.isAtEnd = true;
  feed.finish();
  records.end(feed.offset, feed.rest, feed.missing);
  decoder.finish();
}
