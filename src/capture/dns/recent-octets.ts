/** Entries remembered at a time, and the most octets of each: as many as a name can have (RFC 1035, 3.1). */
const SLOTS = 1024;
const OCTETS = 256;

/**
 * Octets met lately and what they became, so that the copies of a packet, and its answer, need not be read again.
 * The caller's `place` says where to look: what is likely to be equal should share it.
 */
export class RecentOctets {
  private readonly octets = new Uint8Array(SLOTS * OCTETS);
  private readonly lengths = new Uint16Array(SLOTS);
  private readonly ids = new Uint32Array(SLOTS);
  private readonly hashes = new Uint32Array(SLOTS);
  /** Of the entry found last. */
  id = 0;
  hash = 0;

  /** How many octets from `at` on are those of the entry at `place`: all of that entry's, or 0. */
  find(bytes: Uint8Array, at: number, end: number, place: number): number {
    const { octets } = this;
    const slot = place & (SLOTS - 1);
    const length = this.lengths[slot]!;
    if (at + length > end) return 0;
    for (let i = 0, j = slot * OCTETS; i < length; i++, j++) if (bytes[at + i] !== octets[j]) return 0;
    this.id = this.ids[slot]!;
    this.hash = this.hashes[slot]!;
    return length;
  }

  forget(): void {
    this.lengths.fill(0);
  }

  /** Remembers `bytes[at..end)`, which must mean the same wherever they stand; too many are not kept. */
  keep(bytes: Uint8Array, at: number, end: number, place: number, id: number, hash: number): void {
    if (end - at > OCTETS) return;
    const { octets } = this;
    const slot = place & (SLOTS - 1);
    for (let i = at, j = slot * OCTETS; i < end; i++, j++) octets[j] = bytes[i]!;
    this.lengths[slot] = end - at;
    this.ids[slot] = id;
    this.hashes[slot] = hash;
  }
}
