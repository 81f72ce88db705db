import { u16, u32 } from '../packet/bytes.js';
import { CUT, MALFORMED, OTHER_PROTOCOL } from './frame-kind.js';
import { IP_PAYLOAD } from './layer.js';
import { IP_PROTOCOL } from './protocol-numbers.js';
import type { Packet } from '../packet/packet.js';

/** Puts a fragment away: the next layer when its datagram is whole, else a frame kind. */
export interface FragmentTaker {
  /** `id` is the identification; `offset` in bytes; the fragment's bytes are `packet.bytes[at..end)`. */
  take(packet: Packet, id: number, offset: number, more: boolean): number;
}

/** Reads an IPv4 or IPv6 header, told by its version. */
export function ip(packet: Packet, fragments: FragmentTaker): number {
  if (packet.at >= packet.end) return CUT;
  const version = packet.bytes[packet.at]! >> 4;
  if (version === 4) return ipv4(packet, fragments);
  return version === 6 ? ipv6(packet, fragments) : MALFORMED;
}

function ipv4(packet: Packet, fragments: FragmentTaker): number {
  const { bytes, at, end } = packet;
  if (at + 20 > end) return CUT;
  const headerLength = (bytes[at]! & 15) << 2;
  const totalLength = u16(bytes, at + 2);
  if (headerLength < 20) return MALFORMED;
  if (at + headerLength > end) return CUT;
  // Zero is what segmentation offload leaves there: the packet then ends where the frame ends.
  if (totalLength !== 0) {
    if (totalLength < headerLength) return MALFORMED;
    bound(packet, at + totalLength);
  }
  packet.addresses = bytes;
  packet.addressLength = 4;
  packet.src = at + 12;
  packet.dst = at + 16;
  packet.ipId = u16(bytes, at + 4);
  packet.hopLimit = bytes[at + 8]!;
  packet.ipProtocol = bytes[at + 9]!;
  packet.at = at + headerLength;
  const fragment = u16(bytes, at + 6) & 0x3fff;
  if (fragment === 0) return IP_PAYLOAD;
  return fragments.take(packet, packet.ipId, (fragment & 0x1fff) << 3, fragment >= 0x2000);
}

function ipv6(packet: Packet, fragments: FragmentTaker): number {
  const { bytes, at, end } = packet;
  if (at + 40 > end) return CUT;
  const payloadLength = u16(bytes, at + 4);
  if (payloadLength !== 0) bound(packet, at + 40 + payloadLength);
  packet.addresses = bytes;
  packet.addressLength = 16;
  packet.src = at + 8;
  packet.dst = at + 24;
  packet.ipId = -1;
  packet.hopLimit = bytes[at + 7]!;
  packet.ipProtocol = bytes[at + 6]!;
  packet.at = at + 40;
  return extensionHeaders(packet, fragments);
}

/** Walks IPv6's chain of extension headers (RFC 8200, 4). Also for what AH and reassembly leave. */
export function extensionHeaders(packet: Packet, fragments: FragmentTaker): number {
  const { bytes, end } = packet;
  for (;;) {
    const at = packet.at;
    switch (packet.ipProtocol) {
      case IP_PROTOCOL.hopByHop:
      case IP_PROTOCOL.routing:
      case IP_PROTOCOL.destinationOptions:
      case IP_PROTOCOL.mobility:
      case IP_PROTOCOL.authentication:
        if (at + 8 > end) return CUT;
        packet.at = at + extensionLength(packet.ipProtocol, bytes[at + 1]!);
        packet.ipProtocol = bytes[at]!;
        if (packet.at > end) return CUT;
        break;
      case IP_PROTOCOL.fragment: {
        if (at + 8 > end) return CUT;
        const field = u16(bytes, at + 2);
        packet.ipProtocol = bytes[at]!;
        packet.at = at + 8;
        // An atomic fragment (RFC 6946) is a whole datagram.
        if ((field & 0xfff9) === 0) break;
        return fragments.take(packet, u32(bytes, at + 4), field & 0xfff8, (field & 1) === 1);
      }
      case IP_PROTOCOL.noNext:
        return OTHER_PROTOCOL;
      default:
        return IP_PAYLOAD;
    }
  }
}

/** Octets of an extension header; that of authentication counts words of 4, less 2 (RFC 4302, 2.2). */
function extensionLength(protocol: number, counted: number): number {
  return protocol === IP_PROTOCOL.authentication ? (counted + 2) << 2 : (counted + 1) << 3;
}

/** Ends the packet where its own header says: what follows is padding, what is missing was not captured. */
function bound(packet: Packet, wireEnd: number): void {
  packet.wireEnd = wireEnd;
  if (wireEnd < packet.end) packet.end = wireEnd;
}
