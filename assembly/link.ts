import { ETHER_IPV4, ETHER_IPV6, LINK_ETHERNET, LINK_SLL, LINK_SLL2 } from './generated/layout';
import { u16At, u32At } from './octets';
import { packet } from './packet';

const ETHERNET_HEADER: usize = 14;
const SLL_HEADER: usize = 16;
const SLL2_HEADER: usize = 20;

/** Reads a link header with IP right behind it: Ethernet II, or Linux's cooked captures (tcpdump.org/linktypes). */
export function link(): bool {
  packet.hasIndex = false;
  if (packet.linkType == LINK_SLL2) return cookedV2();
  if (packet.linkType == LINK_ETHERNET) return ethernet();
  return packet.linkType == LINK_SLL && cooked();
}

function ethernet(): bool {
  const at = packet.at;
  packet.at = at + ETHERNET_HEADER;
  return packet.at <= packet.end && isIp(u16At(at + 12));
}

/** Packet type, device type, address, protocol. */
function cooked(): bool {
  const at = packet.at;
  packet.at = at + SLL_HEADER;
  if (packet.at > packet.end) return false;
  packet.direction = directionOf(u16At(at));
  return isIp(u16At(at + 14));
}

/** Protocol, interface index, device type, packet type, address. */
function cookedV2(): bool {
  const at = packet.at;
  packet.at = at + SLL2_HEADER;
  if (packet.at > packet.end) return false;
  packet.interfaceId = u32At(at + 4);
  packet.hasIndex = true;
  packet.direction = directionOf(load<u8>(at, 10));
  return isIp(u16At(at));
}

function isIp(etherType: u32): bool {
  return etherType == ETHER_IPV4 || etherType == ETHER_IPV6;
}

/** Index into DIRECTIONS of a packet type of packet(7). */
function directionOf(packetType: u32): u32 {
  return packetType <= 4 ? packetType + 1 : 0;
}
