import type { Batch } from '../../raw/batch.js';
import { writeKey } from '../../raw/hash.js';
import type { Sink } from '../../raw/sink.js';
import { icmpErrors, PROTOCOL } from '../../raw/tables/wire.js';
import { writeNanos } from '../../raw/word64.js';
import { u16, u32 } from '../packet/bytes.js';
import { HEADER, type DnsMessages } from '../dns/dns-message.js';
import { CUT, ICMP_ERROR, OTHER_PROTOCOL } from './frame-kind.js';
import type { Packet } from '../packet/packet.js';
import { IP_PROTOCOL } from './protocol-numbers.js';
import { PacketAddresses } from '../packet/packet-addresses.js';

/** Octets of an ICMP header (RFC 792, RFC 4443). */
const ICMP_HEADER = 8;

/** IP protocols whose headers begin with two ports. */
const PROTOCOLS: Readonly<Record<number, number>> = {
  [IP_PROTOCOL.udp]: PROTOCOL.udp,
  [IP_PROTOCOL.tcp]: PROTOCOL.tcp,
};

/** Error types that end what they quote: of ICMP unreachable and time exceeded; of ICMPv6 these and packet too big. */
const ENDS: Readonly<Record<number, readonly number[]>> = {
  [IP_PROTOCOL.icmp]: [3, 11],
  [IP_PROTOCOL.icmpv6]: [1, 2, 3],
};

/** Writes ICMP errors that quote a packet of DNS as rows, with what the quotation has of the message. */
export class IcmpErrors {
  private readonly batch: Batch<(typeof icmpErrors)['columns']>;
  private readonly addresses: PacketAddresses;

  constructor(
    private readonly sink: Sink,
    private readonly messages: DnsMessages,
    /** 1 for each port that carries DNS. */
    private readonly ports: Uint8Array,
    /** 1 for each other port on which DNS was found. */
    private readonly found: Uint8Array,
  ) {
    this.batch = sink.batch(icmpErrors);
    this.addresses = new PacketAddresses(sink);
  }

  /** An ICMP or ICMPv6 message at `packet.at`; errors quote the packet that they are about, or its beginning. */
  message(packet: Packet): number {
    const { bytes, at, end, ipProtocol } = packet;
    if (at + ICMP_HEADER > end) return CUT;
    const type = bytes[at]!;
    const isError =
      ipProtocol === IP_PROTOCOL.icmp ? type >= 3 && type <= 12 && type !== 8 && type !== 9 : type < 5;
    const quoted = at + ICMP_HEADER;
    if (!isError || quoted >= end) return OTHER_PROTOCOL;
    const v4 = bytes[quoted]! >> 4 === 4;
    const headerLength = v4 ? (bytes[quoted]! & 15) << 2 : 40;
    const payload = quoted + headerLength;
    if (headerLength < 20 || payload + 4 > end) return OTHER_PROTOCOL;
    // only the first fragment has ports
    if (v4 && (u16(bytes, quoted + 6) & 0x1fff) !== 0) return OTHER_PROTOCOL;
    const protocol = PROTOCOLS[bytes[quoted + (v4 ? 9 : 6)]!];
    if (protocol === undefined) return OTHER_PROTOCOL;
    if (!this.isDns(u16(bytes, payload)) && !this.isDns(u16(bytes, payload + 2))) return OTHER_PROTOCOL;
    if (ENDS[ipProtocol]!.includes(type)) this.write(packet, quoted, payload, protocol, v4);
    return ICMP_ERROR;
  }

  private isDns(port: number): boolean {
    return (this.ports[port]! | this.found[port]!) !== 0;
  }

  private write(packet: Packet, quoted: number, payload: number, protocol: number, v4: boolean): void {
    const { bytes, at, ipProtocol } = packet;
    const { data, row } = this.batch;
    data.source_id[row] = this.sink.sourceId;
    data.frame[row] = packet.frame;
    writeNanos(data.time, row, packet.seconds, packet.nanos);
    data.interface_id[row] = packet.interfaceId;
    data.direction[row] = packet.direction;
    data.tunnel[row] = packet.tunnel;
    data.src_id[row] = this.addresses.idOf(packet.addresses, packet.src, packet.addressLength);
    data.dst_id[row] = this.addresses.idOf(packet.addresses, packet.dst, packet.addressLength);
    data.hop_limit[row] = packet.hopLimit;
    data.version[row] = ipProtocol === IP_PROTOCOL.icmp ? 4 : 6;
    data.type[row] = bytes[at]!;
    data.code[row] = bytes[at + 1]!;
    this.writeMtu(packet);
    data.protocol[row] = protocol;
    const [from, to, length] = v4 ? [12, 16, 4] : [8, 24, 16];
    data.quoted_src_id[row] = this.addresses.idOf(bytes, quoted + from!, length!);
    const srcHash = this.addresses.hash;
    data.quoted_dst_id[row] = this.addresses.idOf(bytes, quoted + to!, length!);
    const dstHash = this.addresses.hash;
    const srcPort = u16(bytes, payload);
    const dstPort = u16(bytes, payload + 2);
    data.quoted_src_port[row] = srcPort;
    data.quoted_dst_port[row] = dstPort;
    const isResponse = this.isDns(srcPort) && !this.isDns(dstPort);
    data.of_response[row] = Number(isResponse);
    if (v4) data.quoted_ip_id[row] = u16(bytes, quoted + 4);
    else this.batch.setNull('quoted_ip_id');
    const [clientHash, clientPort] = isResponse ? [dstHash, dstPort] : [srcHash, srcPort];
    this.writeMessage(packet, payload, protocol, clientHash, clientPort);
    this.batch.end();
  }

  /** The MTU of the next hop: of fragmentation needed (RFC 1191, 4; 0 where a router does not know it) or packet too big. */
  private writeMtu({ bytes, at, ipProtocol }: Packet): void {
    const { data, row } = this.batch;
    const isTooBig =
      ipProtocol === IP_PROTOCOL.icmp ? bytes[at] === 3 && bytes[at + 1] === 4 : bytes[at] === 2;
    const mtu = isTooBig ? (ipProtocol === IP_PROTOCOL.icmp ? u16(bytes, at + 6) : u32(bytes, at + 4)) : 0;
    data.mtu[row] = mtu;
    if (mtu === 0) this.batch.setNull('mtu');
  }

  /** What is there of the message: RFC 792 asks for 8 octets of the datagram, which end before it; Linux quotes more. */
  private writeMessage(
    packet: Packet,
    payload: number,
    protocol: number,
    clientHash: number,
    clientPort: number,
  ): void {
    const { bytes } = packet;
    const { data, row } = this.batch;
    const start = payload + 8;
    // a longer quotation is padded (RFC 4884, 5.1); TCP's payload may begin in the midst of a message
    const end = protocol === PROTOCOL.udp ? Math.min(packet.end, payload + u16(bytes, payload + 4)) : 0;
    const hasId = start + 2 <= end;
    data.txid[row] = hasId ? u16(bytes, start) : 0;
    if (!hasId) this.batch.setNull('txid');
    const hasQuestion = start + HEADER <= end && u16(bytes, start + 4) > 0;
    const after = hasQuestion ? this.messages.readName(bytes, start, end) : -1;
    if (after < 0) {
      data.qname_id[row] = 0;
      this.batch.setNull('qtype');
      this.batch.setNull('key');
      return;
    }
    const { hash, id } = this.messages.recent;
    const qtype = u16(bytes, after);
    data.qname_id[row] = id;
    data.qtype[row] = qtype;
    writeKey(data.key, row, hash, clientHash, clientPort, u16(bytes, start), qtype, protocol);
  }
}
