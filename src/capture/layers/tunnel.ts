import { TUNNEL } from '../../raw/tables/wire.js';
import { u16 } from '../packet/bytes.js';
import { CUT, NOT_IP, OTHER_PORT } from './frame-kind.js';
import { ETHER_PAYLOAD, ETHERNET, GRE, IP, PPP } from './layer.js';
import { ETHER_TYPE } from './protocol-numbers.js';
import type { Packet } from '../packet/packet.js';

const {
  vxlan: TUNNEL_VXLAN,
  geneve: TUNNEL_GENEVE,
  gre: TUNNEL_GRE,
  ipip: TUNNEL_IPIP,
  mpls: TUNNEL_MPLS,
} = TUNNEL;

/** Goes on inside a tunnel over UDP, known by its destination port; `at` is at the UDP payload. */
export function udpTunnel(packet: Packet): number {
  switch (packet.dstPort) {
    case 4789: // VXLAN (RFC 7348)
    case 8472: // VXLAN as Linux and Flannel have it
      return vxlan(packet);
    case 4790: // VXLAN-GPE (draft-ietf-nvo3-vxlan-gpe)
      return vxlanWithProtocol(packet);
    case 6081: // Geneve (RFC 8926)
      return geneve(packet);
    case 4754: // GRE in UDP (RFC 8086)
      return GRE;
    case 6635: // MPLS in UDP (RFC 7510)
      packet.tunnel = TUNNEL_MPLS;
      packet.etherType = ETHER_TYPE.mpls;
      return ETHER_PAYLOAD;
    default:
      return OTHER_PORT;
  }
}

function vxlan(packet: Packet): number {
  const { bytes, at } = packet;
  if (at + 8 > packet.end) return CUT;
  // The I flag must be set for a valid network identifier; without it this is something else on the port.
  if ((bytes[at]! & 0x08) === 0) return OTHER_PORT;
  packet.tunnel = TUNNEL_VXLAN;
  packet.at = at + 8;
  return ETHERNET;
}

/** The generic protocol extension says what comes next: IPv4, IPv6 or Ethernet. */
function vxlanWithProtocol(packet: Packet): number {
  const { bytes, at } = packet;
  const next = vxlan(packet);
  const protocol = bytes[at + 3]!;
  return next === ETHERNET && (protocol === 1 || protocol === 2) ? IP : next;
}

function geneve(packet: Packet): number {
  const { bytes, at } = packet;
  if (at + 8 > packet.end) return CUT;
  if (bytes[at]! >> 6 !== 0) return OTHER_PORT;
  packet.tunnel = TUNNEL_GENEVE;
  packet.etherType = u16(bytes, at + 2);
  packet.at = at + 8 + ((bytes[at]! & 0x3f) << 2);
  return packet.at > packet.end ? CUT : ETHER_PAYLOAD;
}

/** Reads a GRE header: RFC 2784 and 2890, the older one with routing, PPTP's (RFC 2637), ERSPAN's types. */
export function gre(packet: Packet): number {
  const { bytes, at } = packet;
  if (at + 4 > packet.end) return CUT;
  const flags = u16(bytes, at);
  const protocol = u16(bytes, at + 2);
  const version = flags & 7;
  let next = at + 4;
  if (flags & 0xc000) next += 4;
  if (flags & 0x2000) next += 4;
  if (flags & 0x1000) next += 4;
  if (version === 1 && flags & 0x0080) next += 4;
  packet.tunnel = TUNNEL_GRE;
  packet.at = next;
  if (next >= packet.end) return CUT;
  if (version === 1) return PPP;
  // ERSPAN type I has no header of its own, type II 8 bytes (GRE's sequence flag tells), type III 12 or 20.
  if (protocol === ETHER_TYPE.erspan) packet.at += flags & 0x1000 ? 8 : 0;
  else if (protocol === ETHER_TYPE.erspan3)
    packet.at += next + 12 <= packet.end && bytes[next + 11]! & 1 ? 20 : 12;
  else {
    packet.etherType = protocol;
    return version === 0 ? ETHER_PAYLOAD : NOT_IP;
  }
  return packet.at > packet.end ? CUT : ETHERNET;
}

/** IP in IP (RFC 2003), 6in4 (RFC 4213) and their kin. */
export function ipInIp(packet: Packet): number {
  packet.tunnel = TUNNEL_IPIP;
  return IP;
}
