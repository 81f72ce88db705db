import { region } from './generated/layout';
import { u16At } from './octets';
import { packet } from './packet';

const UDP_HEADER: usize = 8;

/** Reads a UDP header (RFC 768) with a port that carries DNS. */
export function udp(): bool {
  const at = packet.at;
  if (at + UDP_HEADER > packet.end) return false;
  packet.srcPort = u16At(at);
  packet.dstPort = u16At(at + 2);
  if ((load<u8>(region.ports + packet.srcPort) | load<u8>(region.ports + packet.dstPort)) == 0) return false;
  const length = <usize>u16At(at + 4);
  if (length < UDP_HEADER || at + length > packet.end) return false;
  packet.at = at + UDP_HEADER;
  packet.end = at + length;
  return true;
}
