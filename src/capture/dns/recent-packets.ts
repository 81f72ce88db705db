import type { Packet } from '../packet/packet.js';

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
/** The word after the last slot: octets ever kept; the ring has the last of them. */
const KEPT = WORDS << SLOT_BITS;

/** What is remembered, so that two decoders can share it. */
export interface RecentMemory {
  readonly slots: Int32Array;
  readonly octets: Uint8Array;
}

/** What it takes, and how it is laid out, for the decoder in WebAssembly. */
export const RECENT = {
  slotBits: SLOT_BITS,
  slotWords: WORDS,
  words: KEPT + 1,
  length: LENGTH,
  wireLength: WIRE_LENGTH,
  ipId: IP_ID,
  port: PORT,
  clientId: CLIENT_ID,
  packetId: PACKET_ID,
  place: PLACE,
  kept: KEPT,
  ring: RING,
  most: MOST,
  enough: ENOUGH,
} as const;

const NOTHING = new Uint8Array(0);

/**
 * Messages met lately with the ids of their packets, so that copies of a packet are told by its octets and need not be
 * read again. Each has one place, by its id and its client's port, where the next one of that place follows it.
 */
export class RecentPackets {
  /** Of the packet found last: the id of its client's address, and its own. */
  clientId = 0;
  packetId = 0;
  private readonly slots: Int32Array;
  private readonly octets: Uint8Array;
  /** What was looked for last: its slot, and the words of it that tell it from others. */
  private slot = 0;
  private bytes: Uint8Array = NOTHING;
  private start = 0;
  private size = 0;
  private wireLength = 0;
  private ipId = 0;
  private port = 0;

  constructor(
    { slots, octets }: RecentMemory = { slots: new Int32Array(RECENT.words), octets: new Uint8Array(RING) },
  ) {
    this.slots = slots;
    this.octets = octets;
  }

  /**
   * Whether a packet is known with the message `bytes[start..end)`, the same length on the wire, IP identification, client's
   * port and protocol. Whether its client is the same is for the caller to see.
   */
  find(
    { srcPort, dstPort, ipId }: Packet,
    bytes: Uint8Array,
    start: number,
    end: number,
    length: number,
    protocol: number,
  ): boolean {
    const clientPort = bytes[start + 2]! >= 128 ? dstPort : srcPort;
    const slot = slotOf(bytes, start, clientPort);
    this.slot = slot;
    this.bytes = bytes;
    this.start = start;
    this.size = end - start;
    this.wireLength = length;
    this.ipId = ipId;
    this.port = clientPort | (protocol << 16);
    const { slots, octets } = this;
    if (
      slots[slot + LENGTH] !== this.size ||
      slots[slot + PORT] !== this.port ||
      slots[slot + IP_ID] !== ipId ||
      slots[slot + WIRE_LENGTH] !== length
    )
      return false;
    const from = slots[slot + PLACE]!;
    if (slots[KEPT]! - from > RING) return false;
    for (let i = start, j = from & (RING - 1); i < end; i++, j++) if (bytes[i] !== octets[j]) return false;
    this.clientId = slots[slot + CLIENT_ID]!;
    this.packetId = slots[slot + PACKET_ID]! >>> 0;
    return true;
  }

  /** Remembers what was looked for last, unless it is long. */
  keep(clientId: number, packetId: number): void {
    const { slots, octets, slot, bytes, start, size } = this;
    if (size > MOST) return;
    if (slots[KEPT]! > ENOUGH) slots.fill(0);
    let next = slots[KEPT]!;
    const left = RING - (next & (RING - 1));
    if (left < size) next += left;
    slots[slot + LENGTH] = size;
    slots[slot + WIRE_LENGTH] = this.wireLength;
    slots[slot + IP_ID] = this.ipId;
    slots[slot + PORT] = this.port;
    slots[slot + CLIENT_ID] = clientId;
    slots[slot + PACKET_ID] = packetId;
    slots[slot + PLACE] = next;
    for (let i = start, j = next & (RING - 1), end = start + size; i < end; i++, j++) octets[j] = bytes[i]!;
    slots[KEPT] = next + size;
  }
}

/** A query and its response have slots of their own. */
function slotOf(bytes: Uint8Array, start: number, port: number): number {
  const word = (bytes[start]! << 24) | (bytes[start + 1]! << 16) | port;
  return (Math.imul(word ^ (bytes[start + 2]! >> 7), 0x9e3779b1) >>> (32 - SLOT_BITS)) * WORDS;
}
