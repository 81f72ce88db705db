import { IP_UDP } from './generated/layout';
import { u16At } from './octets';
import { packet } from './packet';

const IPV4_HEADER: usize = 20;
const IPV6_HEADER: usize = 40;
/** More Fragments and the offset (RFC 791, 3.1). */
const FRAGMENT: u32 = 0x3fff;

/** Reads an IP header with a whole UDP datagram right behind it, told by its version. */
export function ip(): bool {
  if (packet.at >= packet.end) return false;
  const version = load<u8>(packet.at) >> 4;
  if (version == 4) return ipv4();
  return version == 6 && ipv6();
}

/** RFC 791, 3.1. */
function ipv4(): bool {
  const at = packet.at;
  if (at + IPV4_HEADER > packet.end) return false;
  const header = (<usize>(load<u8>(at) & 15)) << 2;
  const total = <usize>u16At(at + 2);
  if (header < IPV4_HEADER || total < header || at + total > packet.end) return false;
  if ((u16At(at + 6) & FRAGMENT) != 0 || load<u8>(at, 9) != IP_UDP) return false;
  packet.isV6 = false;
  packet.ipId = u16At(at + 4);
  packet.hopLimit = load<u8>(at, 8);
  packet.src = at + 12;
  packet.dst = at + 16;
  packet.at = at + header;
  packet.end = at + total;
  return true;
}

/** RFC 8200, 3. */
function ipv6(): bool {
  const at = packet.at;
  if (at + IPV6_HEADER > packet.end) return false;
  const payload = <usize>u16At(at + 4);
  if (payload == 0 || at + IPV6_HEADER + payload > packet.end || load<u8>(at, 6) != IP_UDP) return false;
  packet.isV6 = true;
  packet.ipId = -1;
  packet.hopLimit = load<u8>(at, 7);
  packet.src = at + 8;
  packet.dst = at + 24;
  packet.at = at + IPV6_HEADER;
  packet.end = packet.at + payload;
  return true;
}
