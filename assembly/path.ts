import { cell, entries, entry_bytes, region } from './generated/layout';
import { generation } from './generation';
import * as host from './host';
import { spread } from './octets';
import { packet } from './packet';

/** A path that is known: what tells it from others, and what it was found to be. */
@unmanaged
class Entry {
  place: u64;
  ends0: u64;
  ends1: u64;
  ends2: u64;
  ends3: u64;
  id: u32;
  clientId: u32;
  clientHash: u32;
  generation: u32;
}

/** The path of the packet at hand: its id, its client's address in addresses and hashBytes of that. */
export namespace path {
  export let id: u32 = 0;
  export let clientId: u32 = 0;
  export let clientHash: u32 = 0;
}

/** Finds the path of the packet at hand. */
export function findPath(isResponse: bool): void {
  const place = placeOf(isResponse);
  // two IPv4 addresses side by side, or the halves of two IPv6 addresses
  const src = packet.src;
  const ends0 = load<u64>(src);
  const ends1 = packet.isV6 ? load<u64>(src, 8) : 0;
  const ends2 = packet.isV6 ? load<u64>(src, 16) : 0;
  const ends3 = packet.isV6 ? load<u64>(src, 24) : 0;
  const hash = spread(spread(spread(place ^ ends0) ^ ends1) ^ spread(ends2 ^ spread(ends3)));
  const entry = changetype<Entry>(
    region.paths + ((<u32>(hash >> 32)) & (entries.paths - 1)) * entry_bytes.paths,
  );
  const isKnown =
    entry.place == place &&
    entry.ends0 == ends0 &&
    entry.ends1 == ends1 &&
    entry.ends2 == ends2 &&
    entry.ends3 == ends3 &&
    entry.generation == generation();
  if (!isKnown) {
    const asked = generation();
    const id = ask(isResponse);
    entry.place = place;
    entry.ends0 = ends0;
    entry.ends1 = ends1;
    entry.ends2 = ends2;
    entry.ends3 = ends3;
    entry.id = id;
    entry.generation = asked;
    entry.clientId = load<u32>(cell.client_id);
    entry.clientHash = load<u32>(cell.client_hash);
  }
  path.id = entry.id;
  path.clientId = entry.clientId;
  path.clientHash = entry.clientHash;
}

/** All that tells a path but its addresses, in 64 bits. */
function placeOf(isResponse: bool): u64 {
  const serverPort = isResponse ? packet.srcPort : packet.dstPort;
  const kind =
    packet.direction | (u32(isResponse) << 4) | (u32(packet.hasIndex) << 5) | (u32(packet.isV6) << 6);
  return (
    ((<u64>packet.interfaceId) << 32) |
    ((<u64>serverPort) << 16) |
    ((<u64>packet.hopLimit) << 8) |
    (<u64>kind)
  );
}

function ask(isResponse: bool): u32 {
  return host.pathId(
    packet.src,
    packet.dst,
    packet.isV6 ? 16 : 4,
    packet.srcPort,
    packet.dstPort,
    packet.hopLimit,
    packet.interfaceId,
    packet.hasIndex,
    packet.direction,
    isResponse,
  );
}
