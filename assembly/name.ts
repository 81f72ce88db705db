import { entries, entry_bytes, MAX_NAME_OCTETS, region } from './generated/layout';
import { generation } from './generation';
import { begun, finished, hashed } from './hash';
import * as host from './host';
import { isSame } from './octets';

const DOT: u32 = 46;
const POINTER: u32 = 0xc0;
const LONGEST_LABEL: u32 = 63;
/** Pointers that a name of the common form may have. */
const MOST_POINTERS: u32 = 16;

/** The name that was read last, in presentation form: how long it is, and its hashBytes. */
export namespace name {
  export let length: u32 = 0;
  export let hash: u32 = 0;
}

/**
 * Reads the name at `at` (RFC 1035, 4.1.4) of the message that starts at `start`, and writes it in presentation form
 * from `to` on, 255 octets at most; no octet at or after `end` is looked at. Returns where the name ends in place; 0 if it
 * is malformed or has an octet that is written with an escape.
 */
export function readName(start: usize, at: usize, end: usize, to: usize): usize {
  let text = to;
  let hash = begun();
  let octets: u32 = 1;
  let after: usize = 0;
  let lowest = at;
  let pointers: u32 = 0;
  for (;;) {
    if (at >= end) return 0;
    const label = <u32>load<u8>(at);
    if (label == 0) break;
    if (label >= POINTER) {
      if (at + 1 >= end || ++pointers > MOST_POINTERS) return 0;
      if (after == 0) after = at + 2;
      const target = start + (((label & ~POINTER) << 8) | (<u32>load<u8>(at, 1)));
      if (target >= lowest) return 0;
      at = lowest = target;
      continue;
    }
    octets += label + 1;
    const labelEnd = at + 1 + label;
    if (label > LONGEST_LABEL || octets > MAX_NAME_OCTETS || labelEnd > end) return 0;
    if (text > to) {
      store<u8>(text++, <u8>DOT);
      hash = hashed(hash, DOT);
    }
    for (at++; at < labelEnd; at++) {
      const octet = <u32>load<u8>(at);
      const plain = <u32>load<u8>(region.plain + octet);
      if (plain == 0) return 0;
      store<u8>(text++, <u8>plain);
      hash = hashed(hash, plain);
    }
  }
  if (text == to) {
    store<u8>(text++, <u8>DOT);
    hash = hashed(hash, DOT);
  }
  name.length = <u32>(text - to);
  name.hash = finished(hash);
  return after == 0 ? at + 1 : after;
}

/** A name whose id is known; its text follows. */
@unmanaged
class Entry {
  hash: u32;
  length: u32;
  id: u32;
  generation: u32;
}

/** The id in names of the name that was read last, to `text`. */
export function nameIdOf(text: usize): u32 {
  const at = region.names + (name.hash & (entries.names - 1)) * entry_bytes.names;
  const entry = changetype<Entry>(at);
  const known = at + offsetof<Entry>();
  const isKnown =
    entry.hash == name.hash &&
    entry.length == name.length &&
    entry.generation == generation() &&
    isSame(known, text, name.length);
  if (isKnown) return entry.id;
  const asked = generation();
  const id = host.nameId(text, name.length, name.hash);
  if (name.length > entry_bytes.names - offsetof<Entry>()) return id;
  entry.hash = name.hash;
  entry.length = name.length;
  entry.id = id;
  entry.generation = asked;
  memory.copy(known, text, name.length);
  return id;
}
