import type { Reader, ReadOptions } from '../../raw/reader.js';
import type { Input } from '../../input/input.js';
import type { Sink } from '../../raw/sink.js';
import { byteOrderAt } from './pcap-header.js';
import { PcapRecords } from './pcap-records.js';
import { FrameDecoder } from '../frame-decoder.js';
import { readRecords } from './read-records.js';

/** Reads classic pcap captures. */
export const pcapReader: Reader = {
  kind: 'pcap',
  title: 'a pcap capture',
  about: {
    sample: 'binary; begins with d4 c3 b2 a1 or its like',
    from: "`tcpdump -i any -w capture.pcap 'port 53 or icmp or icmp6'`",
    gives: 'capture',
    proves: 'the most: what was asked, answered, lost and late, and where',
  },
  isCapture: true,
  isBinary: true,

  sniff(head: Uint8Array): number {
    return byteOrderAt(head, 0) ? 1 : 0;
  },

  async read(input: Input, sink: Sink, options: ReadOptions): Promise<void> {
    const decoder = new FrameDecoder(sink, options.ports, options.interfaces);
    await readRecords(input, decoder, new PcapRecords(decoder, sink, input.head));
  },
};
