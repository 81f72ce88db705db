import { unmapped } from '../../base/address.js';
import { hashBytes } from '../../raw/hash.js';
import type { Sink } from '../../raw/sink.js';
import type { Packet } from './packet.js';

/** IPv4 addresses remembered at a time. */
const SLOTS = 256;

/** Ids and hashes of packets' addresses; the few that a capture is full of are found by their 32 bits. */
export class PacketAddresses {
  private readonly words = new Int32Array(SLOTS);
  private readonly ids = new Uint32Array(SLOTS);
  private readonly hashes = new Uint32Array(SLOTS);
  /** hashBytes of the last address. */
  hash = 0;

  constructor(private readonly sink: Sink) {
    sink.addresses.whenForgetting(() => this.ids.fill(0));
  }

  /** The id in addresses of the 4 or 16 bytes at `at`. */
  idOf(bytes: Uint8Array, at: number, length: number): number {
    if (length === 16) {
      const from = isMapped(bytes, at) ? at + 12 : at;
      return this.lookUp(bytes, from, at + 16);
    }
    const word = (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
    const slot = (word ^ (word >> 8) ^ (word >> 16)) & (SLOTS - 1);
    if (this.words[slot] !== word || this.ids[slot] === 0) {
      this.ids[slot] = this.lookUp(bytes, at, at + 4);
      this.hashes[slot] = this.hash;
      this.words[slot] = word;
    }
    this.hash = this.hashes[slot]!;
    return this.ids[slot]!;
  }

  private lookUp(bytes: Uint8Array, from: number, end: number): number {
    this.hash = hashBytes(bytes, from, end, this.sink.seed);
    return this.sink.addresses.idOf(bytes, from, end);
  }
}

/** The ends of the message at hand: ids in addresses, and hashBytes of the addresses. */
export interface MessageEnds {
  readonly srcId: number;
  readonly srcHash: number;
  readonly dstId: number;
  readonly dstHash: number;
  /** Makes them those of a packet. */
  read(packet: Packet): void;
}

/** Ends as a packet's innermost IP header has them. */
export class PacketEnds implements MessageEnds {
  srcId = 0;
  srcHash = 0;
  dstId = 0;
  dstHash = 0;
  private readonly addresses: PacketAddresses;

  constructor(sink: Sink) {
    this.addresses = new PacketAddresses(sink);
  }

  read({ addresses, src, dst, addressLength }: Packet): void {
    this.srcId = this.addresses.idOf(addresses, src, addressLength);
    this.srcHash = this.addresses.hash;
    this.dstId = this.addresses.idOf(addresses, dst, addressLength);
    this.dstHash = this.addresses.hash;
  }
}

/** IPv4-mapped IPv6 (RFC 4291, 2.5.5.2) is stored as IPv4. */
function isMapped(bytes: Uint8Array, at: number): boolean {
  return bytes[at + 11] === 0xff && unmapped(bytes.subarray(at, at + 16)).length === 4;
}
