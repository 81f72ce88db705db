/**
 * Hashes of byte strings, seeded per database so that hostile names cannot be made to collide. FNV-1a's
 * loop with a seed instead of its offset basis and a murmur finish. A decoder may run the loop itself while it copies bytes:
 * `h = Math.imul(h ^ byte, FNV_PRIME)` from `h = seed` on, then `finishHash(h)`.
 */
export const FNV_PRIME = 0x01000193;

/** Mixes the bits of a loop's result (MurmurHash3's finalizer). */
export function finishHash(h: number): number {
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

export function hashBytes(bytes: Uint8Array, start: number, end: number, seed: number): number {
  let h = seed | 0;
  for (let i = start; i < end; i++) h = Math.imul(h ^ bytes[i]!, FNV_PRIME);
  return finishHash(h);
}

/**
 * Writes `packets.key`: equal for all copies of a query, its response and its log line. `nameHash` and
 * `clientHash` are `hashBytes` of the name's presentation form and of the client's 4 or 16 address bytes;
 * `protocol` is the index into PROTOCOLS.
 */
export function writeKey(
  column: Uint32Array,
  row: number,
  nameHash: number,
  clientHash: number,
  clientPort: number,
  txid: number,
  qtype: number,
  protocol: number,
): void {
  const flow = Math.imul(clientPort ^ (txid << 16), 0x9e3779b1) ^ clientHash;
  const question = Math.imul(qtype ^ (protocol << 16), 0x85ebca77) ^ nameHash;
  column[2 * row] = finishHash(Math.imul(flow, 0xc2b2ae3d) + question);
  column[2 * row + 1] = finishHash(Math.imul(question, 0x27d4eb2f) + (flow ^ 0x165667b1));
}
