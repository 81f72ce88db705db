import { TYPES } from '../../base/registries.js';
import type { Sink } from '../../raw/sink.js';
import { PROTOCOL } from '../../raw/tables/wire.js';
import { formatAddress } from '../../base/address.js';
import { u16 } from '../packet/bytes.js';
import { HEADER, type DnsMessages } from '../dns/dns-message.js';
import { skipName } from '../dns/dns-name.js';
import { EncryptedSessions, HTTPS_PORT, TLS_PORT } from './encrypted-sessions.js';
import { DNS, MULTICAST_DNS, OTHER_PORT } from './frame-kind.js';
import { handshakeAt, quicVersionAt } from './handshake.js';
import type { Packet } from '../packet/packet.js';
import { ETHER_TYPE } from './protocol-numbers.js';
import { publicResolver } from './public-resolvers.js';

/** Multicast DNS (RFC 6762) and LLMNR (RFC 4795), which neighbours ask each other. */
const NEIGHBOURS = [5353, 5355];

/** Ports of encrypted tunnels of clusters' networks: WireGuard as most have it, and as Cilium does. */
const WIREGUARD = [51820, 51871];

/** Versions 1 and 2 of QUIC (RFC 9000, RFC 9369). */
const QUIC_VERSIONS = [1, 0x6b3343cf];

/** Octets of a message's length before it on TCP. */
const LENGTH = 2;

const IN_THE_CLEAR = "The server's log, or a capture of what it asks in the clear, has them.";
/** Said of packets to or from the port of DNS over TLS. */
export const TLS_NOT_SEEN = `DNS over TLS on port ${TLS_PORT} is encrypted: its messages are not seen. ${IN_THE_CLEAR}`;
const ENCRYPTED = 'encrypted: DNS inside of them is not seen. Capture on the pods instead';

/**
 * What lies on ports that are not read: DNS over UDP is told by its form and read all the same, as servers of a cluster may listen
 * elsewhere than their service does; TLS of DNS and tunnels that stay closed are counted and said.
 */
export class OtherPorts {
  /** 1 for each port on which a server's messages were found. */
  readonly found = new Uint8Array(65536);
  private readonly sessions: EncryptedSessions;

  constructor(
    private readonly sink: Sink,
    private readonly messages: DnsMessages,
  ) {
    this.sessions = new EncryptedSessions(sink);
  }

  /** Writes what is still held back. */
  finish(): void {
    this.sessions.finish();
  }

  /** A datagram with its payload at `packet.at`. */
  datagram(packet: Packet): number {
    const { bytes, at, srcPort, dstPort, end } = packet;
    this.sessions.datagram(packet);
    if (srcPort === TLS_PORT || dstPort === TLS_PORT) this.quic(packet);
    // one in 65,536 of what is no DNS has one question and goes on
    if (at + HEADER > end || bytes[at + 5] !== 1 || bytes[at + 4] !== 0 || !isWellFormed(packet)) {
      return this.closedTunnel(packet);
    }
    const isResponse = bytes[at + 2]! >= 128;
    const port = isResponse ? srcPort : dstPort;
    if (NEIGHBOURS.includes(port) && (isMulticast(packet) || srcPort === dstPort)) return MULTICAST_DNS;
    return this.read(packet, port, 'udp');
  }

  /** Reads a message of a server's port that was told by its form, at `packet.at`. */
  private read(packet: Packet, port: number, protocol: 'udp' | 'tcp'): number {
    const { bytes, at, end } = packet;
    this.found[port] = 1;
    this.sink.problem({
      code: 'dns-on-other-port',
      detail: `DNS on ${protocol.toUpperCase()} port ${port} was told by its form and read; --port ${port} (with --port 53) reads broken messages, and those in parts, there too.`,
      position: `frame ${packet.frame}`,
    });
    return this.messages.write(packet, bytes, at, end, packet.wireEnd - at, PROTOCOL[protocol])
      ? DNS
      : OTHER_PORT;
  }

  /** A TCP segment with its payload at `packet.at`, its ports and flags known. */
  segment(packet: Packet, flags: number): number {
    const { bytes, at, end, srcPort, dstPort } = packet;
    this.sessions.segment(packet, flags);
    const found = this.message(packet);
    if (found !== OTHER_PORT) return found;
    const isTls = handshakeAt(bytes, at, end) !== null;
    if (isTls && (srcPort === TLS_PORT || dstPort === TLS_PORT)) {
      this.sink.problem({
        code: 'dns-over-tls',
        detail: TLS_NOT_SEEN,
        example: serverOf(packet, TLS_PORT),
        position: `frame ${packet.frame}`,
      });
    }
    if (isTls && (srcPort === HTTPS_PORT || dstPort === HTTPS_PORT)) this.https(packet);
    return OTHER_PORT;
  }

  /** A segment that holds one whole message behind its length (RFC 1035, 4.2.2), on a port that is not read. */
  private message(packet: Packet): number {
    const { bytes, at, end, srcPort, dstPort } = packet;
    const start = at + LENGTH;
    if (start + HEADER > end || packet.wireEnd > end || u16(bytes, at) !== end - start) return OTHER_PORT;
    packet.at = start;
    const port = bytes[start + 2]! >= 128 ? srcPort : dstPort;
    const isOne = bytes[start + 5] === 1 && bytes[start + 4] === 0 && isWellFormed(packet);
    return isOne ? this.read(packet, port, 'tcp') : OTHER_PORT;
  }

  /** DNS over QUIC (RFC 9250), by what a connection begins with. */
  private quic(packet: Packet): void {
    if (!QUIC_VERSIONS.includes(quicVersionAt(packet.bytes, packet.at, packet.end))) return;
    this.sink.problem({
      code: 'dns-over-quic',
      detail: `DNS over QUIC on UDP port ${TLS_PORT} is encrypted: its messages are not seen. ${IN_THE_CLEAR}`,
      example: serverOf(packet, TLS_PORT),
      position: `frame ${packet.frame}`,
    });
  }

  /** TLS with a web server's port, of which an address may tell that it is DNS. */
  private https(packet: Packet): void {
    const { addresses, src, dst, addressLength, dstPort } = packet;
    const resolver = publicResolver(addresses, dstPort === HTTPS_PORT ? dst : src, addressLength);
    if (resolver === null) return;
    this.sink.problem({
      code: 'dns-over-https',
      detail: `TLS with ${resolver} on port ${HTTPS_PORT} is most likely DNS over HTTPS: lookups in it are not seen, and pass by the cluster's DNS.`,
      position: `frame ${packet.frame}`,
    });
  }

  /** A packet of IPsec's ESP (RFC 4303). */
  encrypted(packet: Packet): void {
    this.closed(packet, `IPsec (ESP) packets are ${ENCRYPTED}`);
  }

  private closedTunnel(packet: Packet): number {
    const { bytes, at, dstPort, srcPort, end } = packet;
    if (WIREGUARD.includes(dstPort) || WIREGUARD.includes(srcPort)) {
      // a type from 1 to 4 and three octets of zero begin each message
      const type = at + 4 <= end ? bytes[at]! : 0;
      if (type >= 1 && type <= 4 && (bytes[at + 1]! | bytes[at + 2]! | bytes[at + 3]!) === 0) {
        this.closed(packet, `WireGuard packets are ${ENCRYPTED}`);
      }
    } else if (isVxlan(packet)) {
      this.closed(packet, `VXLAN on UDP port ${dstPort} is not opened: only ports 4789, 4790 and 8472 are`);
    } else if (isGeneve(packet)) {
      this.closed(packet, `Geneve on UDP port ${dstPort} is not opened: only port 6081 is`);
    }
    return OTHER_PORT;
  }

  private closed(packet: Packet, what: string): void {
    this.sink.problem({ code: 'tunnel-not-opened', detail: `${what}.`, position: `frame ${packet.frame}` });
  }
}

/**
 * Whether a payload is a DNS message beyond doubt: a standard query or its response, one question with a name of letters, digits, hyphens
 * and underscores, a known type, class IN, counts that fit, and of a query without records nothing behind it.
 */
function isWellFormed({ bytes, at, end, wireEnd }: Packet): boolean {
  const length = wireEnd - at;
  const isResponse = bytes[at + 2]! >= 128;
  // opcode 0, the reserved bit 0; queries have no rcode and no answers
  if ((bytes[at + 2]! & 0x78) !== 0 || (bytes[at + 3]! & 0x40) !== 0) return false;
  const answers = u16(bytes, at + 6);
  const others = u16(bytes, at + 8) + u16(bytes, at + 10);
  if (HEADER + 5 + 11 * (answers + others) > length) return false;
  if (!isResponse && ((bytes[at + 3]! & 15) !== 0 || answers !== 0 || others > 2)) return false;
  if (!isHostName(bytes, at + HEADER, end)) return false;
  const after = skipName(bytes, at + HEADER, end);
  if (after < 0 || after + 4 > end) return false;
  if (TYPES[u16(bytes, after)] === undefined || (u16(bytes, after + 2) & 0x7fff) !== 1) return false;
  return answers + others > 0 || after + 4 - at === length;
}

/** Whether the labels at `at` are of letters, digits, hyphens and underscores, up to the root; no pointers. */
function isHostName(bytes: Uint8Array, at: number, end: number): boolean {
  let next = at;
  for (;;) {
    if (next >= end) return false;
    const length = bytes[next]!;
    if (length === 0) return next - at <= 254;
    if (length > 63 || next + 1 + length >= end) return false;
    for (let i = next + 1; i <= next + length; i++) {
      const letter = bytes[i]! | 0x20;
      const isLetter = letter >= 97 && letter <= 122;
      const isOther = (bytes[i]! >= 48 && bytes[i]! <= 57) || bytes[i] === 45 || bytes[i] === 95;
      if (!isLetter && !isOther) return false;
    }
    next += 1 + length;
  }
}

/** The address of the end that has a port. */
function serverOf({ addresses, src, dst, addressLength, dstPort }: Packet, port: number): string {
  const at = dstPort === port ? dst : src;
  return formatAddress(addresses.subarray(at, at + addressLength));
}

function isMulticast({ addresses, dst, addressLength }: Packet): boolean {
  return addressLength === 4 ? addresses[dst]! >> 4 === 14 : addresses[dst] === 0xff;
}

/** VXLAN (RFC 7348) with IP inside Ethernet: the I flag alone, and all that is reserved zero. */
function isVxlan({ bytes, at, end }: Packet): boolean {
  if (at + 24 > end || bytes[at] !== 0x08) return false;
  if ((bytes[at + 1]! | bytes[at + 2]! | bytes[at + 3]! | bytes[at + 7]!) !== 0) return false;
  return isIpInside(bytes, at + 8 + 12, end);
}

/** Geneve (RFC 8926) with Ethernet inside: version 0, reserved bits zero. */
function isGeneve({ bytes, at, end }: Packet): boolean {
  if (at + 8 > end || bytes[at]! >> 6 !== 0 || (bytes[at + 1]! & 0x3f) !== 0 || bytes[at + 7] !== 0)
    return false;
  return (
    u16(bytes, at + 2) === ETHER_TYPE.transparentBridging &&
    isIpInside(bytes, at + 8 + ((bytes[at]! & 0x3f) << 2) + 12, end)
  );
}

/** Whether an EtherType of IP stands at `at`, and a header of that version behind it. */
function isIpInside(bytes: Uint8Array, at: number, end: number): boolean {
  if (at + 3 > end) return false;
  const type = u16(bytes, at);
  return (
    (type === ETHER_TYPE.ipv4 && bytes[at + 2]! >> 4 === 4) ||
    (type === ETHER_TYPE.ipv6 && bytes[at + 2]! >> 4 === 6)
  );
}
