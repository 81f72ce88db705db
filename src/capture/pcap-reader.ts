import type { Input, Reader, ReadOptions } from '../input/reader.js';
import type { Sink } from '../store/sink.js';
import { byteOrderAt } from './pcap-header.js';
import { PcapRecords } from './pcap-records.js';
import { FrameDecoder } from './frame-decoder.js';
import { RecordFeed } from './record-feed.js';

/** Reads classic pcap captures. */
export const pcapReader: Reader = {
  kind: 'pcap',
  title: 'a pcap capture',
  isBinary: true,

  sniff(head: Uint8Array): number {
    return byteOrderAt(head, 0) ? 1 : 0;
  },

  async read(input: Input, sink: Sink, options: ReadOptions): Promise<void> {
    const decoder = new FrameDecoder(sink, options.ports);
    const records = new PcapRecords(decoder, sink, input.head);
    const feed = new RecordFeed((bytes, start, end) => records.step(bytes, start, end, feed.offset));
    for await (const chunk of input.chunks) if (!feed.push(chunk)) break;
    records.end(feed.offset, feed.rest);
    decoder.finish();
  },
};
