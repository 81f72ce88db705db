import { PROTOCOL } from '../../raw/tables/wire.js';
import { u16 } from '../packet/bytes.js';
import type { DnsMessages } from '../dns/dns-message.js';
import { CUT, DNS, MALFORMED, NOT_DNS, OTHER_PORT } from './frame-kind.js';
import type { OtherPorts } from './other-ports.js';
import type { Packet } from '../packet/packet.js';
import { udpTunnel } from './tunnel.js';

const UDP = PROTOCOL.udp;

/** Reads UDP datagrams. */
export class Udp {
  constructor(
    private readonly messages: DnsMessages,
    /** 1 for each port that carries DNS. */
    private readonly ports: Uint8Array,
    private readonly others: OtherPorts,
  ) {}

  datagram(packet: Packet): number {
    const { bytes, at, end } = packet;
    if (at + 8 > end) return CUT;
    packet.srcPort = u16(bytes, at);
    packet.dstPort = u16(bytes, at + 2);
    const length = u16(bytes, at + 4);
    packet.at = at + 8;
    if ((this.ports[packet.srcPort]! | this.ports[packet.dstPort]!) === 0) {
      const next = udpTunnel(packet);
      return next === OTHER_PORT ? this.others.datagram(packet) : next;
    }
    // Zero is a jumbogram's (RFC 2675, 4) or offload's: then the IP header says how long it is.
    if (length > 0 && length < 8) return MALFORMED;
    const wireEnd = length === 0 ? packet.wireEnd : at + length;
    const isDns = this.messages.write(packet, bytes, at + 8, Math.min(end, wireEnd), wireEnd - at - 8, UDP);
    if (isDns) return DNS;
    return wireEnd > end && end - at < 20 ? CUT : NOT_DNS;
  }

  /** Whether the IP payload at `at` is on a DNS port, as far as its first four bytes say. */
  isDnsPort(packet: Packet, at: number): boolean {
    const { bytes } = packet;
    return at + 4 <= packet.end && (this.ports[u16(bytes, at)]! | this.ports[u16(bytes, at + 2)]!) !== 0;
  }
}
