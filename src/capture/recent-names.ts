/** Names remembered at a time, and octets of each: as many as a name can have (RFC 1035, 3.1). */
const SLOTS = 1024;
const OCTETS = 256;

/**
 * Names of recent questions by their octets, so that the copies of a packet, and its answer, need not be read
 * again. A message's id says where to look: those share it.
 */
export class RecentNames {
  private readonly octets = new Uint8Array(SLOTS * OCTETS);
  private readonly lengths = new Uint16Array(SLOTS);
  private readonly ids = new Uint32Array(SLOTS);
  private readonly hashes = new Uint32Array(SLOTS);
  /** Of the last name found: its id in names, and its hash. */
  id = 0;
  hash = 0;

  /** Octets of the name at `at` if it is the one that a message with this id asked for last, else 0. */
  find(bytes: Uint8Array, at: number, end: number, txid: number): number {
    const { octets } = this;
    const slot = txid & (SLOTS - 1);
    const length = this.lengths[slot]!;
    if (at + length > end) return 0;
    for (let i = 0, j = slot * OCTETS; i < length; i++, j++) if (bytes[at + i] !== octets[j]) return 0;
    this.id = this.ids[slot]!;
    this.hash = this.hashes[slot]!;
    return length;
  }

  /** Remembers the name `bytes[at..end)`, which has no compression pointer. */
  keep(bytes: Uint8Array, at: number, end: number, txid: number, id: number, hash: number): void {
    const { octets } = this;
    const slot = txid & (SLOTS - 1);
    for (let i = at, j = slot * OCTETS; i < end; i++, j++) octets[j] = bytes[i]!;
    this.lengths[slot] = end - at;
    this.ids[slot] = id;
    this.hashes[slot] = hash;
  }
}
