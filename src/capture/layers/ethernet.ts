import { TUNNEL } from '../../raw/tables/wire.js';
import { u16 } from '../packet/bytes.js';
import { CUT, MALFORMED, NOT_IP } from './frame-kind.js';
import { ETHER_PAYLOAD, ETHERNET, IP, PPP } from './layer.js';
import { ETHER_TYPE } from './protocol-numbers.js';
import type { Packet } from '../packet/packet.js';

const { pppoe: TUNNEL_PPPOE, mpls: TUNNEL_MPLS } = TUNNEL;

/** Reads an Ethernet II header. */
export function ethernet(packet: Packet): number {
  const { at } = packet;
  if (at + 14 > packet.end) return CUT;
  packet.etherType = u16(packet.bytes, at + 12);
  packet.at = at + 14;
  return ETHER_PAYLOAD;
}

/** Goes on by EtherType: IP, VLAN tags (802.1Q, 802.1ad and older QinQ), MPLS, PPPoE sessions. */
export function etherPayload(packet: Packet): number {
  switch (packet.etherType) {
    case ETHER_TYPE.ipv4:
    case ETHER_TYPE.ipv6:
      return IP;
    case ETHER_TYPE.vlan:
    case ETHER_TYPE.serviceVlan:
    case ETHER_TYPE.oldDoubleTag1:
    case ETHER_TYPE.oldDoubleTag2:
    case ETHER_TYPE.oldDoubleTag3:
      return vlan(packet);
    case ETHER_TYPE.mpls:
    case ETHER_TYPE.mplsUpstream:
      return mpls(packet);
    case ETHER_TYPE.pppoeSession:
      return pppoe(packet);
    case ETHER_TYPE.transparentBridging:
      return ETHERNET;
    default:
      return NOT_IP;
  }
}

function vlan(packet: Packet): number {
  const { at } = packet;
  if (at + 4 > packet.end) return CUT;
  packet.etherType = u16(packet.bytes, at + 2);
  packet.at = at + 4;
  return ETHER_PAYLOAD;
}

/** Skips a label stack; MPLS does not say what it carries, so the next nibble does (RFC 4928, 3). */
function mpls(packet: Packet): number {
  const { bytes, end } = packet;
  packet.tunnel = TUNNEL_MPLS;
  for (let at = packet.at; at + 4 <= end; at += 4) {
    if (!(bytes[at + 2]! & 1)) continue;
    packet.at = at + 4;
    if (at + 4 >= end) return CUT;
    const nibble = bytes[at + 4]! >> 4;
    if (nibble === 4 || nibble === 6) return IP;
    // A pseudowire's control word begins with 0000 (RFC 4385); Ethernet follows it.
    if (nibble !== 0) return NOT_IP;
    packet.at = at + 8;
    return ETHERNET;
  }
  return CUT;
}

function pppoe(packet: Packet): number {
  const { at, bytes } = packet;
  if (at + 8 > packet.end) return CUT;
  if (bytes[at] !== 0x11) return MALFORMED;
  if (bytes[at + 1] !== 0) return NOT_IP;
  packet.tunnel = TUNNEL_PPPOE;
  packet.at = at + 6;
  return PPP;
}

/** Reads PPP's protocol field (RFC 1661), after HDLC's address and control bytes if they are there. */
export function ppp(packet: Packet): number {
  const { bytes, end } = packet;
  let at = packet.at;
  if (at + 4 > end) return CUT;
  if (bytes[at] === 0xff && bytes[at + 1] === 3) at += 2;
  const compressed = (bytes[at]! & 1) === 1;
  const protocol = compressed ? bytes[at]! : u16(bytes, at);
  packet.at = at + (compressed ? 1 : 2);
  return protocol === 0x21 || protocol === 0x57 ? IP : NOT_IP;
}
