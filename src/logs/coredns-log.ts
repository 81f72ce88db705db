import { type Input, type Reader, SNIFF_BYTES } from '../input/reader.js';
import type { Sink } from '../store/sink.js';
import { countingSink } from './counting-sink.js';
import { LineSplitter } from './line-splitter.js';
import { LogLines } from './log-lines.js';

/** Reads the logs of CoreDNS and of NodeLocal DNSCache, which is one, in whatever wrapper. */
export const corednsLog: Reader = {
  kind: 'coredns-log',
  title: 'a CoreDNS or NodeLocal DNSCache log',

  sniff(head: Uint8Array): number {
    const lines = new LogLines(countingSink());
    const splitter = new LineSplitter((bytes, start, end, isCut) => lines.take(bytes, start, end, isCut));
    // A line that the head cuts off says nothing.
    const end = head.length < SNIFF_BYTES ? head.length : head.lastIndexOf(10) + 1;
    splitter.push(head.subarray(0, end));
    splitter.finish();
    lines.finish();
    return lines.seen === 0 ? 0 : Math.min(0.95, lines.understood / lines.seen);
  },

  async read(input: Input, sink: Sink): Promise<void> {
    const lines = new LogLines(sink);
    const splitter = new LineSplitter((bytes, start, end, isCut) => lines.take(bytes, start, end, isCut));
    for await (const chunk of input.chunks) splitter.push(chunk);
    splitter.finish();
    lines.finish();
  },
};
