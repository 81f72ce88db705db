/** Hashes that are stored: the rule of src/raw/hash.ts. */
import { FNV_PRIME } from './generated/layout';

let seed: u32 = 0;

/** The database's seed. */
export function seedWith(value: u32): void {
  seed = value;
}

/** The loop's state before the first octet. */
export function begun(): u32 {
  return seed;
}

/** The loop's state after one more octet. */
export function hashed(state: u32, octet: u32): u32 {
  return (state ^ octet) * FNV_PRIME;
}

/** MurmurHash3's finalizer. */
export function finished(state: u32): u32 {
  state ^= state >> 16;
  state *= 0x85ebca6b;
  state ^= state >> 13;
  state *= 0xc2b2ae35;
  return state ^ (state >> 16);
}

/** `packets.key`; `protocol` is the index into PROTOCOLS. */
export function keyOf(
  nameHash: u32,
  clientHash: u32,
  clientPort: u32,
  txid: u32,
  qtype: u32,
  protocol: u32,
): u64 {
  const flow = ((clientPort ^ (txid << 16)) * 0x9e3779b1) ^ clientHash;
  const question = ((qtype ^ (protocol << 16)) * 0x85ebca77) ^ nameHash;
  const low = finished(flow * 0xc2b2ae3d + question);
  const high = finished(question * 0x27d4eb2f + (flow ^ 0x165667b1));
  return ((<u64>high) << 32) | (<u64>low);
}
