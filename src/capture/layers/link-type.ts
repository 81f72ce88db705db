import type { Sink } from '../../raw/sink.js';
import { u16, u16le, u32, u32le } from '../packet/bytes.js';
import { CUT, NOT_IP, OTHER_LINK } from './frame-kind.js';
import { ETHER_PAYLOAD, ETHERNET, IP, PPP } from './layer.js';
import type { Packet } from '../packet/packet.js';

/** Link types that are read (LINKTYPE_ values of tcpdump.org/linktypes.html). */
export const LINK_TYPE = { EN10MB: 1, RAW: 101, LINUX_SLL: 113, LINUX_SLL2: 276 } as const;
/** Those of frames that begin with the IP header. */
export const RAW_TYPES: readonly number[] = [12, 14, LINK_TYPE.RAW, 228, 229];
const { EN10MB, LINUX_SLL, LINUX_SLL2 } = LINK_TYPE;
const NULL = 0;
const PPP_LINK = 9;
const PPP_HDLC = 50;
const LOOP = 108;
const NFLOG = 239;

/** Names of link types that are met in practice and not read, for the problem that says so. */
const NAMES: Readonly<Record<number, string>> = {
  6: 'IEEE802_5',
  7: 'ARCNET_BSD',
  51: 'PPP_ETHER',
  104: 'C_HDLC',
  105: 'IEEE802_11',
  117: 'PFLOG',
  119: 'IEEE802_11_PRISM',
  127: 'IEEE802_11_RADIOTAP',
  129: 'ARCNET_LINUX',
  149: 'USER2',
  163: 'IEEE802_11_AVS',
  189: 'USB_LINUX',
  192: 'PPI',
  195: 'IEEE802_15_4_WITHFCS',
  220: 'USB_LINUX_MMAPPED',
  242: 'INFINIBAND',
  253: 'NETLINK',
  258: 'PKTAP',
};

/** Reads link-layer headers, down to what IP or Ethernet needs. */
export class LinkLayer {
  private readonly interfaceIds = new Map<number, number>();

  constructor(
    private readonly sink: Sink,
    private readonly names: ReadonlyMap<number, string> = new Map(),
  ) {}

  /** The id of an interface that the capture names by index only. */
  interfaceId(index: number): number {
    let id = this.interfaceIds.get(index);
    if (id === undefined) {
      id = this.sink.texts.idOfText(this.names.get(index) ?? String(index));
      if (this.interfaceIds.size < 65536) this.interfaceIds.set(index, id);
    }
    return id;
  }

  /** Moves `packet` past the header of `linkType`: the next layer, or the frame's kind. */
  enter(packet: Packet, linkType: number): number {
    switch (linkType) {
      case EN10MB:
        return ETHERNET;
      case LINUX_SLL2:
        return this.cookedV2(packet);
      case LINUX_SLL:
        return cookedV1(packet);
      case NULL:
      case LOOP:
        return addressFamily(packet);
      case PPP_LINK:
      case PPP_HDLC:
        return PPP;
      case NFLOG:
        return nflog(packet);
      default:
        return RAW_TYPES.includes(linkType) ? IP : this.unread(packet, linkType);
    }
  }

  private cookedV2(packet: Packet): number {
    const { bytes, at } = packet;
    if (at + 20 > packet.end) return CUT;
    packet.etherType = u16(bytes, at);
    packet.interfaceId = this.interfaceId(u32(bytes, at + 4));
    packet.direction = directionOf(bytes[at + 10]!);
    packet.at = at + 20;
    return ETHER_PAYLOAD;
  }

  private unread(packet: Packet, linkType: number): number {
    const name = NAMES[linkType];
    this.sink.problem({
      code: 'link-type-not-read',
      detail: `Packets of link type ${linkType}${name ? ` (${name})` : ''} are not read; they are counted only.`,
      position: `frame ${packet.frame}`,
    });
    return OTHER_LINK;
  }
}

/** Index into DIRECTIONS of a packet type of Linux's packet(7): PACKET_HOST 0 to PACKET_OUTGOING 4. */
export function directionOf(packetType: number): number {
  return packetType <= 4 ? packetType + 1 : 0;
}

function cookedV1(packet: Packet): number {
  const { bytes, at } = packet;
  if (at + 16 > packet.end) return CUT;
  packet.direction = directionOf(u16(bytes, at));
  packet.etherType = u16(bytes, at + 14);
  packet.at = at + 16;
  return ETHER_PAYLOAD;
}

/** NULL has the address family in the byte order of whoever captured, LOOP in network order: small either way. */
function addressFamily(packet: Packet): number {
  const { bytes, at } = packet;
  if (at + 4 > packet.end) return CUT;
  const family = Math.min(u32(bytes, at), u32le(bytes, at));
  packet.at = at + 4;
  // AF_INET is 2 everywhere; AF_INET6 is 10 on Linux, 24, 28 and 30 on the BSDs and macOS.
  if (family === 2 || family === 10 || family === 24 || family === 28 || family === 30) return IP;
  // Some writers put an EtherType into the lower half.
  packet.etherType = u16(bytes, at + 2);
  return ETHER_PAYLOAD;
}

/** Netfilter's log: a family, then attributes in host byte order; NFULA_PAYLOAD (9) is the IP packet. */
function nflog(packet: Packet): number {
  const { bytes, end } = packet;
  let at = packet.at + 4;
  while (at + 4 <= end) {
    const length = u16le(bytes, at);
    const type = u16le(bytes, at + 2) & 0x3fff;
    if (type === 9) {
      packet.at = at + 4;
      return IP;
    }
    if (length < 4) return NOT_IP;
    at += (length + 3) & ~3;
  }
  return CUT;
}
