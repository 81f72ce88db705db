/** Messages met lately, in the memory and by the rules of src/capture/dns/recent-packets.ts, which finds what is kept here and the reverse. */
import { recent, region, UDP } from './generated/layout';
import { header } from './header';
import { isSame } from './octets';
import { packet } from './packet';

/** What was looked for last, and of what was found the id of its client's address and its own. */
export namespace found {
  export let clientId: u32 = 0;
  export let packetId: u32 = 0;
  export let slot: usize = 0;
}

function word(index: u32): usize {
  return found.slot + (index << 2);
}

/** Where the octets ever kept are counted. */
function kept(): usize {
  return region.recent_slots + (recent.kept << 2);
}

function portWord(): u32 {
  const clientPort = header.isResponse ? packet.dstPort : packet.srcPort;
  return clientPort | (UDP << 16);
}

/** Whether all that can be asked of what is remembered is answered here: not where it is too long, or all is to be forgotten. */
export function isRemembered(length: u32): bool {
  return length <= recent.most && load<u32>(kept()) <= recent.enough;
}

/** Whether a packet with this message is known. Whether its client is the same is for the caller to see. */
export function findPacket(start: usize, length: u32): bool {
  const port = portWord();
  const place = ((header.id << 16) | (port & 0xffff)) ^ u32(header.isResponse);
  found.slot =
    region.recent_slots + ((place * 0x9e3779b1) >> (32 - recent.slotBits)) * (recent.slotWords << 2);
  if (
    load<u32>(word(recent.length)) != length ||
    load<u32>(word(recent.port)) != port ||
    load<i32>(word(recent.ipId)) != packet.ipId ||
    load<u32>(word(recent.wireLength)) != length
  )
    return false;
  const from = load<u32>(word(recent.place));
  if (load<u32>(kept()) - from > recent.ring) return false;
  if (!isSame(region.recent_octets + (from & (recent.ring - 1)), start, length)) return false;
  found.clientId = load<u32>(word(recent.clientId));
  found.packetId = load<u32>(word(recent.packetId));
  return true;
}

/** Remembers what was looked for last. */
export function keepPacket(start: usize, length: u32, clientId: u32, packetId: u32): void {
  let next = load<u32>(kept());
  const left = recent.ring - (next & (recent.ring - 1));
  if (left < length) next += left;
  store<u32>(word(recent.length), length);
  store<u32>(word(recent.wireLength), length);
  store<i32>(word(recent.ipId), packet.ipId);
  store<u32>(word(recent.port), portWord());
  store<u32>(word(recent.clientId), clientId);
  store<u32>(word(recent.packetId), packetId);
  store<u32>(word(recent.place), next);
  memory.copy(region.recent_octets + (next & (recent.ring - 1)), start, length);
  store<u32>(kept(), next + length);
}
