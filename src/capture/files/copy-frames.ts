import type { Input } from '../../input/input.js';
import type { CaptureSink, FrameTaker } from './frame-taker.js';
import { Packet } from '../packet/packet.js';
import { PcapRecords } from './pcap-records.js';
import { PcapngBlocks } from './pcapng-blocks.js';
import { readRecords } from './read-records.js';

/** A frame as a capture has it. */
export interface CopiedFrame {
  /** Its number, from 1. */
  frame: number;
  /** When it was captured: seconds since 1970 and nanoseconds; NaN where the capture does not say. */
  seconds: number;
  nanos: number;
  /** Name or index of its interface; empty where the capture does not say. */
  interface: string;
  /** Index into DIRECTIONS. */
  direction: number;
  /** LINKTYPE_ value. */
  linkType: number;
  /** Bytes that it had on the wire. */
  wireLength: number;
  bytes: Uint8Array;
}

/** Kinds of inputs that hold frames. */
export const FRAME_KINDS = ['pcap', 'pcapng'] as const;

/** Reads a capture to its end and copies the frames whose numbers are `wanted`, which are those that ingest gives them. */
export async function copyFrames(
  kind: (typeof FRAME_KINDS)[number],
  input: Input,
  wanted: ReadonlySet<number>,
): Promise<CopiedFrame[]> {
  const names: string[] = [];
  const sink: CaptureSink = {
    problem: () => undefined,
    incomplete: () => undefined,
    texts: { idOfText: (text) => names.push(text) },
  };
  const copier = new Copier(wanted, names);
  const records =
    kind === 'pcap' ? new PcapRecords(copier, sink, input.head) : new PcapngBlocks(copier, sink);
  await readRecords(input, copier, records);
  return copier.copies;
}

class Copier implements FrameTaker {
  readonly packet = new Packet();
  readonly copies: CopiedFrame[] = [];
  readonly window = undefined;
  readonly link = { interfaceId: (index: number) => this.names.push(String(index)) };

  constructor(
    private readonly wanted: ReadonlySet<number>,
    private readonly names: string[],
  ) {}

  walk(): null {
    return null;
  }

  frame(bytes: Uint8Array, start: number, end: number, wireLength: number, linkType: number): void {
    const { frame, seconds, nanos, direction, interfaceId } = this.packet;
    if (!this.wanted.has(frame)) return;
    this.copies.push({
      frame,
      seconds,
      nanos,
      direction,
      interface: this.names[interfaceId - 1] ?? '',
      linkType,
      wireLength,
      bytes: bytes.slice(start, end),
    });
  }

  layers(bytes: Uint8Array, start: number, end: number, wireLength: number, linkType: number): void {
    this.frame(bytes, start, end, wireLength, linkType);
  }

  beginFile(): void {}
  pause(): void {}
  finish(): void {}
}
