import type { Reader, ReadOptions } from '../../raw/reader.js';
import type { Input } from '../../input/input.js';
import type { Sink } from '../../raw/sink.js';
import { FrameDecoder } from '../frame-decoder.js';
import { PcapngBlocks } from './pcapng-blocks.js';
import { sectionOrderAt } from './pcapng-plausible.js';
import { readRecords } from './read-records.js';

/** Reads pcapng captures. */
export const pcapngReader: Reader = {
  kind: 'pcapng',
  title: 'a pcapng capture',
  about: {
    sample: 'binary; begins with 0a 0d 0d 0a',
    from: 'Wireshark, dumpcap, `tshark -w`',
    gives: 'capture',
    proves: 'the most: what was asked, answered, lost and late, and where',
  },
  isCapture: true,
  isBinary: true,

  sniff(head: Uint8Array): number {
    return sectionOrderAt(head, 0) ? 1 : 0;
  },

  async read(input: Input, sink: Sink, options: ReadOptions): Promise<void> {
    const decoder = new FrameDecoder(sink, options.ports);
    await readRecords(input, decoder, new PcapngBlocks(decoder, sink));
  },
};
