import { u16, u32 } from '../packet/bytes.js';
import type { DnsMessages } from '../dns/dns-message.js';
import { CUT, DNS, DNS_SEGMENT, MALFORMED } from './frame-kind.js';
import type { OtherPorts } from './other-ports.js';
import type { Packet } from '../packet/packet.js';
import { TcpStream } from './tcp-stream.js';

/** Streams known at a time; the one that was quiet the longest is forgotten first. */
const MAX_STREAMS = 16384;
/** Bytes that all streams together may hold back. */
const MAX_HELD = 32 << 20;

/** Reads TCP segments on DNS ports, each direction of a connection on each interface as a stream of its own. */
export class TcpStreams {
  private readonly streams = new Map<string, TcpStream>();
  private held = 0;
  /** Messages that ended in segments which were read later than they came. */
  late = 0;

  constructor(
    private readonly messages: DnsMessages,
    /** 1 for each port that carries DNS. */
    private readonly ports: Uint8Array,
    private readonly others: OtherPorts,
  ) {}

  segment(packet: Packet): number {
    const { bytes, at, end } = packet;
    if (at + 4 > end) return CUT;
    packet.srcPort = u16(bytes, at);
    packet.dstPort = u16(bytes, at + 2);
    if ((this.ports[packet.srcPort]! | this.ports[packet.dstPort]!) === 0) {
      packet.at = at + 20 <= end ? at + ((bytes[at + 12]! >> 4) << 2) : end;
      return this.others.segment(packet, at + 20 <= end ? bytes[at + 13]! : 0);
    }
    if (at + 20 > end) return CUT;
    const headerLength = (bytes[at + 12]! >> 4) << 2;
    if (headerLength < 20) return MALFORMED;
    if (at + headerLength > end) return CUT;
    const flags = bytes[at + 13]!;
    const isSyn = (flags & 0x02) !== 0;
    packet.at = at + headerLength;
    if (!isSyn && packet.at >= Math.max(packet.wireEnd, end)) return DNS_SEGMENT;
    const stream = this.stream(`${packet.flowKey()}/${packet.srcPort}/${packet.dstPort}`);
    const before = stream.held;
    const sequence = (u32(bytes, at + 4) + (isSyn ? 1 : 0)) >>> 0;
    if (isSyn) stream.begin(sequence);
    const found = stream.segment(packet, sequence);
    this.held += stream.held - before;
    this.late += stream.takeLate();
    while (this.held > MAX_HELD) this.forgetOldest();
    return found > 0 ? DNS : DNS_SEGMENT;
  }

  /** Reads what streams still hold back behind segments that were missed. */
  finish(): void {
    for (const stream of this.streams.values()) this.close(stream);
    this.streams.clear();
  }

  private stream(key: string): TcpStream {
    let stream = this.streams.get(key);
    if (stream) this.streams.delete(key);
    else stream = new TcpStream(this.messages);
    this.streams.set(key, stream);
    if (this.streams.size > MAX_STREAMS) this.forgetOldest();
    return stream;
  }

  private forgetOldest(): void {
    for (const [key, stream] of this.streams) {
      this.streams.delete(key);
      this.held -= stream.held;
      return this.close(stream);
    }
    this.held = 0;
  }

  private close(stream: TcpStream): void {
    stream.finish();
    this.late += stream.takeLate();
  }
}
