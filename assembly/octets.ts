/** Octets of the network, which come highest first, and runs of them compared 16 at a time. */

export function u16At(at: usize): u32 {
  return <u32>bswap<u16>(load<u16>(at));
}

export function u32At(at: usize): u32 {
  return bswap<u32>(load<u32>(at));
}

/** Whether two runs are equal. Up to 15 octets behind a run may be read; each region has as much behind it. */
export function isSame(one: usize, other: usize, length: u32): bool {
  if (length < 16) {
    const meant: i32 = (1 << length) - 1;
    return (v128.bitmask<i8>(v128.eq<i8>(v128.load(one), v128.load(other))) & meant) == meant;
  }
  const last = length - 16;
  for (let i: u32 = 0; i < last; i += 16) if (differ(one + i, other + i)) return false;
  return !differ(one + last, other + last);
}

function differ(one: usize, other: usize): bool {
  return !v128.all_true<i8>(v128.eq<i8>(v128.load(one), v128.load(other)));
}

/** A hash of a run, for a place in a cache: nothing else rests on it. Reads 7 octets behind the run at most. */
export function placeOf(at: usize, length: u32): u32 {
  let hash: u64 = length;
  let left = length;
  for (; left >= 8; left -= 8, at += 8) hash = spread(hash ^ load<u64>(at));
  if (left > 0) hash = spread(hash ^ (load<u64>(at) << (8 * (8 - <u64>left))));
  return <u32>(hash >> 32);
}

/** 2^64 divided by the golden ratio (Knuth, The Art of Computer Programming 3, 6.4). */
const GOLDEN: u64 = (0x9e3779b9 << 32) | 0x7f4a7c15;

/** Has every bit of a value bear on the upper ones. */
export function spread(value: u64): u64 {
  // octets that differ stand last, and so highest: a product takes bits upwards alone
  const mixed = (value ^ (value >> 32)) * GOLDEN;
  return mixed ^ (mixed >> 29);
}
