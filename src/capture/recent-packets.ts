import type { Packet } from './packet.js';

/** Packets remembered at a time, as bits of a place; the octets of all of them, and the most of one. */
const SLOT_BITS = 11;
const RING = 1 << 18;
const MOST = 1 << 12;
/** Octets kept from which on all is forgotten, so that a place is never that of older octets. */
const ENOUGH = 1 << 30;

/** Words of a slot: octets at hand and on the wire, IP identification, client's port and protocol, ids, where the octets are. */
const WORDS = 8;
const LENGTH = 0;
const WIRE_LENGTH = 1;
const IP_ID = 2;
const PORT = 3;
const CLIENT_ID = 4;
const PACKET_ID = 5;
const PLACE = 6;

/**
 * Messages met lately with the ids of their packets, so that copies of a packet are told by its octets and need not be
 * read again. Each has one place, by its id and its client's port, where the next one of that place follows it.
 */
export class RecentPackets {
  private readonly slots = new Int32Array(WORDS << SLOT_BITS);
  private readonly octets = new Uint8Array(RING);
  /** Octets ever kept: the ring has the last of them. */
  private next = 0;

  /**
   * The slot of a packet with the message `bytes[start..end)`, the same length on the wire, IP identification, client's
   * port and protocol, or -1. Whether its client is the same is for the caller to see.
   */
  find(
    packet: Packet,
    bytes: Uint8Array,
    start: number,
    end: number,
    length: number,
    protocol: number,
  ): number {
    const port = clientPort(packet, bytes, start);
    const slot = slotOf(bytes, start, port);
    const { slots } = this;
    if (
      slots[slot + LENGTH] !== end - start ||
      slots[slot + PORT] !== (port | (protocol << 16)) ||
      slots[slot + IP_ID] !== packet.ipId ||
      slots[slot + WIRE_LENGTH] !== length
    )
      return -1;
    const from = slots[slot + PLACE]!;
    if (this.next - from > RING) return -1;
    const { octets } = this;
    for (let i = start, j = from & (RING - 1); i < end; i++, j++) if (bytes[i] !== octets[j]) return -1;
    return slot;
  }

  /** The ids of the client's address and of the packet in a slot. */
  clientId(slot: number): number {
    return this.slots[slot + CLIENT_ID]!;
  }

  packetId(slot: number): number {
    return this.slots[slot + PACKET_ID]! >>> 0;
  }

  /** Remembers a packet, unless it is long. */
  keep(
    packet: Packet,
    bytes: Uint8Array,
    start: number,
    end: number,
    length: number,
    protocol: number,
    clientId: number,
    packetId: number,
  ): void {
    const size = end - start;
    if (size > MOST) return;
    const { slots, octets } = this;
    if (this.next > ENOUGH) {
      slots.fill(0);
      this.next = 0;
    }
    const left = RING - (this.next & (RING - 1));
    if (left < size) this.next += left;
    const port = clientPort(packet, bytes, start);
    const slot = slotOf(bytes, start, port);
    slots[slot + LENGTH] = size;
    slots[slot + WIRE_LENGTH] = length;
    slots[slot + IP_ID] = packet.ipId;
    slots[slot + PORT] = port | (protocol << 16);
    slots[slot + CLIENT_ID] = clientId;
    slots[slot + PACKET_ID] = packetId;
    slots[slot + PLACE] = this.next;
    for (let i = start, j = this.next & (RING - 1); i < end; i++, j++) octets[j] = bytes[i]!;
    this.next += size;
  }
}

function clientPort(packet: Packet, bytes: Uint8Array, start: number): number {
  return bytes[start + 2]! >= 128 ? packet.dstPort : packet.srcPort;
}

/** A query and its response have slots of their own. */
function slotOf(bytes: Uint8Array, start: number, port: number): number {
  const word = (bytes[start]! << 24) | (bytes[start + 1]! << 16) | port;
  return (Math.imul(word ^ (bytes[start + 2]! >> 7), 0x9e3779b1) >>> (32 - SLOT_BITS)) * WORDS;
}
