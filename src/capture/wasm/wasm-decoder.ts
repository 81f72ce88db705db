import { canBeKept } from '../../base/time/range.js';
import { PLAIN } from '../../base/label-text.js';
import type { Sink } from '../../raw/sink.js';
import { SharedBatches } from '../../raw/wasm/shared-batches.js';
import { BIG_ENDIAN } from '../packet/bytes.js';
import type { Packet } from '../packet/packet.js';
import type { PcapHeader } from '../files/pcap-header.js';
import type { Window } from '../files/record-feed.js';
import type { Machine } from './machine.js';
import { MAP, WRITTEN } from './memory-map.js';

/** Frames that one call read: how many, and their earliest and latest instants. */
export interface Walked {
  /** Where the first record begins that was not read. */
  at: number;
  frames: number;
  /** Seconds of the last of them. */
  seconds: number;
  first: { seconds: number; nanos: number };
  last: { seconds: number; nanos: number };
}

/** Latest second, and more, that 32 bits hold. */
const SECONDS = 2 ** 32;

/**
 * The decoder in WebAssembly at the side of the one in TypeScript. It reads frames of the common form and writes into the same
 * batches the very rows that TypeScript would; every other frame is left to TypeScript, which `leave` must be called before.
 */
export class WasmDecoder {
  private readonly shared: SharedBatches<keyof typeof WRITTEN>;
  /** Whether the machine's cells, and not the batches, say how many rows there are. */
  private isInside = false;
  private readonly walked: Walked = {
    at: 0,
    frames: 0,
    seconds: 0,
    first: { seconds: 0, nanos: 0 },
    last: { seconds: 0, nanos: 0 },
  };

  constructor(
    private readonly machine: Machine,
    private readonly sink: Sink,
    private readonly packet: Packet,
    ports: Uint8Array,
  ) {
    machine.region('ports').set(ports);
    machine.region('plain').set(PLAIN);
    machine.exports.begin(sink.seed);
    this.shared = new SharedBatches(machine, sink, WRITTEN);
  }

  /** Where the octets of frames must lie. */
  get window(): Window {
    const { at, bytes } = MAP.regions.window;
    return { bytes: this.machine.bytes, from: at, to: at + bytes };
  }

  /** Says how the records of a pcap file are written. */
  beginFile({ order, unitsPerSecond, linkType }: PcapHeader): void {
    this.machine.exports.beginFile(order === BIG_ENDIAN ? 1 : 0, unitsPerSecond, linkType);
  }

  /** Reads records of a pcap file at `bytes[at..end)`, up to the first that is left to TypeScript or not whole. */
  walk(bytes: Uint8Array, at: number, end: number): Walked {
    const { walked, machine, packet } = this;
    walked.at = at;
    walked.frames = 0;
    if (bytes !== machine.bytes) return walked;
    this.enter();
    machine.setCell('frame', packet.frame);
    walked.at = machine.exports.walk(at, end);
    walked.frames = machine.cell('frames');
    if (walked.frames > 0) {
      packet.frame = machine.cell('frame');
      walked.seconds = machine.cell('seconds');
      walked.first.seconds = machine.cell('first_seconds');
      walked.first.nanos = machine.cell('first_nanos');
      walked.last.seconds = machine.cell('last_seconds');
      walked.last.nanos = machine.cell('last_nanos');
    }
    this.leave();
    return walked;
  }

  /** Reads the frame `bytes[at..end)`, of which `packet` says number, time and interface; false if it is left to TypeScript. */
  frame(bytes: Uint8Array, at: number, end: number, linkType: number): boolean {
    const { machine, packet } = this;
    const { seconds } = packet;
    if (bytes !== machine.bytes || !(seconds > 0 && seconds < SECONDS) || !canBeKept(seconds)) return false;
    this.enter();
    const { frame, nanos, interfaceId, direction } = packet;
    return machine.exports.frame(at, end, frame, seconds, nanos, linkType, interfaceId, direction) !== 0;
  }

  /** Lets TypeScript write, or whoever wants to know how many rows there are. */
  leave(): void {
    if (!this.isInside) return;
    this.isInside = false;
    const { machine, sink } = this;
    this.shared.leave();
    sink.rowIds.packets = machine.cell('next_packet');
  }

  /** Gives back the memory; what rows are in it go with the batches. */
  close(): void {
    this.leave();
    this.shared.close();
    this.machine.release();
  }

  private enter(): void {
    if (this.isInside) return;
    this.isInside = true;
    const { machine, sink } = this;
    this.shared.enter();
    machine.setCell('next_packet', sink.rowIds.packets);
  }
}
