import { BATCH_ROWS, cell, DNS_HEADER, packets, region, sightings, UDP } from './generated/layout';
import { keyOf } from './hash';
import { header, readHeader } from './header';
import { name, nameIdOf, readName } from './name';
import { u16At } from './octets';
import { packet } from './packet';
import { findPath, path } from './path';
import { findPacket, found, isRemembered, keepPacket } from './recent-packets';
import { NO_TTL, readRecords, records } from './records';
import { shapeIdOf } from './shape';

/** Octets of a question's type and class (RFC 1035, 4.1.2). */
const QUESTION: usize = 4;

/**
 * Writes the DNS message of the packet at hand. False, and no row, where TypeScript is to read it: it is not of the common
 * form, or it would fill a batch, which only TypeScript hands on.
 */
export function message(): bool {
  const start = packet.at;
  const end = packet.end;
  const length = <u32>(end - start);
  if (length < DNS_HEADER || !isRemembered(length)) return false;
  readHeader(start);
  if (!hasRoom()) return false;
  const isKnown = findPacket(start, length);
  if (isKnown) {
    findPath(header.isResponse);
    if (path.clientId == found.clientId) {
      see(found.packetId);
      return true;
    }
  }
  if (header.questions != 1) return false;
  const after = readName(start, start + DNS_HEADER, end, region.text);
  if (after == 0 || after + QUESTION > end) return false;
  const nameHash = name.hash;
  const nameId = nameIdOf(region.text);
  const qtype = u16At(after);
  const packetId = load<u32>(cell.next_packet);
  findPath(header.isResponse);
  if (!readRecords(start, after + QUESTION, end, nameId, packetId)) return false;
  write(packetId, nameId, nameHash, qtype, u16At(after + 2), length);
  see(packetId);
  keepPacket(start, length, path.clientId, packetId);
  return true;
}

/** Whether the rows of the message at hand leave every batch with room for one more. */
function hasRoom(): bool {
  const most = header.answers + header.authorities + header.additionals;
  return (
    load<u32>(cell.sightings_rows) + 1 < BATCH_ROWS &&
    load<u32>(cell.packets_rows) + 1 < BATCH_ROWS &&
    load<u32>(cell.answers_rows) + most < BATCH_ROWS
  );
}

/** Writes that a packet was seen. */
function see(packetId: u32): void {
  const row = load<u32>(cell.sightings_rows);
  sightings.frame(row, packet.number);
  sightings.time(row, packet.time);
  sightings.packet_id(row, packetId);
  sightings.path_id(row, path.id);
  store<u32>(cell.sightings_rows, row + 1);
}

/** Writes the packet at hand, and has the rows of its records count. */
function write(packetId: u32, nameId: u32, nameHash: u32, qtype: u32, qclass: u32, length: u32): void {
  const row = load<u32>(cell.packets_rows);
  const clientPort = header.isResponse ? packet.dstPort : packet.srcPort;
  packets.packet_id(row, packetId);
  packets.key(row, keyOf(nameHash, path.clientHash, clientPort, header.id, qtype, UDP));
  packets.client_port(row, <u16>clientPort);
  packets.ip_id(row, <u16>packet.ipId);
  if (packet.ipId < 0) packets.no_ip_id(row);
  packets.txid(row, <u16>header.id);
  packets.qname_id(row, nameId);
  packets.qtype(row, <u16>qtype);
  packets.shape_id(row, shapeIdOf(qclass));
  packets.bytes(row, length);
  packets.min_ttl(row, records.minTtl);
  if (!header.isResponse || records.minTtl == NO_TTL) packets.no_min_ttl(row);
  store<u32>(cell.packets_rows, row + 1);
  store<u32>(cell.answers_rows, records.rows);
  store<u32>(cell.next_packet, packetId + 1);
}
