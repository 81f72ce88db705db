import type { Sink } from '../../raw/sink.js';
import { writeInteger } from '../../raw/word64.js';
import { frames } from '../../raw/tables/wire.js';

/** What a frame turned out to be, as `frames.kind` shows it. */
const FRAME_KINDS = [
  'dns',
  'dns-segment',
  'dns-fragment',
  'not-dns',
  'icmp-error-of-dns',
  'other-port',
  'other-protocol',
  'fragment',
  'not-ip',
  'other-link',
  'malformed',
  'cut',
  'multicast-dns',
] as const;

/** A frame that completed at least one DNS message. */
export const DNS = 0;
/** A TCP segment on a DNS port that completed no message: handshake, acknowledgement, part, retransmission. */
export const DNS_SEGMENT = 1;
/** A fragment that ended nothing yet of a datagram known to be DNS. */
export const DNS_FRAGMENT = 2;
/** On a DNS port, but no DNS message. */
export const NOT_DNS = 3;
/** An ICMP error that quotes a DNS packet. */
export const ICMP_ERROR = 4;
export const OTHER_PORT = 5;
export const OTHER_PROTOCOL = 6;
export const FRAGMENT = 7;
export const NOT_IP = 8;
export const OTHER_LINK = 9;
export const MALFORMED = 10;
/** Captured too short to tell what it is. */
export const CUT = 11;
/** Multicast DNS or LLMNR: names that neighbours ask each other, not a server. */
export const MULTICAST_DNS = 12;

/** Counts frames by kind. */
export class FrameCounts {
  private readonly counts = new Float64Array(FRAME_KINDS.length);

  add(kind: number, frames = 1): void {
    this.counts[kind]! += frames;
  }

  /** Counts frames anew that turned out to be more than they seemed. */
  move(count: number, from: number, to: number): void {
    const moved = Math.min(count, this.counts[from]!);
    this.counts[from]! -= moved;
    this.counts[to]! += moved;
  }

  write(sink: Sink): void {
    const batch = sink.batch(frames);
    for (const [kind, name] of FRAME_KINDS.entries()) {
      if (this.counts[kind] === 0) continue;
      batch.data.source_id[batch.row] = sink.sourceId;
      batch.data.kind[batch.row] = name;
      writeInteger(batch.data.count, batch.row, this.counts[kind]!);
      batch.end();
    }
  }
}
