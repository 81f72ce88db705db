import { isSame, placeOf } from '../octets';
import { cell, entries, entry_bytes, kind, region } from './generated/layout';
import * as host from './host';

/** A text whose meaning is known; the text follows. */
@unmanaged
class Entry {
  length: u32;
  value: i32;
  hash: u32;
  generation: u32;
}

/** What was looked up last: an id or a code, and hashBytes of a name's or address's octets. */
export namespace meaning {
  export let value: i32 = 0;
  export let hash: u32 = 0;
}

/** The type with this mnemonic. Each of these returns false where the line is to be left to TypeScript. */
export function isType(at: usize, length: u32): bool {
  return look(kind.types, region.types, entries.types, entry_bytes.types, at, length);
}

/** The response code with this mnemonic. */
export function isRcode(at: usize, length: u32): bool {
  return look(kind.rcodes, region.rcodes, entries.rcodes, entry_bytes.rcodes, at, length);
}

/** The name, as it is written in a line. */
export function isName(at: usize, length: u32): bool {
  return look(kind.names, region.names, entries.names, entry_bytes.names, at, length);
}

/** The address: IPv4, or IPv6 behind an opening bracket. */
export function isClient(at: usize, length: u32): bool {
  return look(kind.clients, region.clients, entries.clients, entry_bytes.clients, at, length);
}

/** Any other text. */
export function isText(at: usize, length: u32): bool {
  return look(kind.texts, region.texts, entries.texts, entry_bytes.texts, at, length);
}

/** Looks a text up in a cache, or asks for it. */
function look(which: u32, cache: usize, places: u32, bytes: u32, at: usize, length: u32): bool {
  const place = cache + (placeOf(at, length) & (places - 1)) * bytes;
  const entry = changetype<Entry>(place);
  const known = place + offsetof<Entry>();
  // The host begins another generation when it forgets, even while it answers: what it said before is to be asked again then.
  const asked = load<u32>(cell.generation);
  if (entry.length != length || entry.generation != asked || !isSame(known, at, length)) {
    meaning.value = host.meaningOf(which, at, at + length);
    meaning.hash = load<u32>(cell.hash);
    if (meaning.value < 0) return false;
    if (length > bytes - offsetof<Entry>()) return true;
    entry.length = length;
    entry.value = meaning.value;
    entry.hash = meaning.hash;
    entry.generation = asked;
    memory.copy(known, at, length);
    return true;
  }
  meaning.value = entry.value;
  meaning.hash = entry.hash;
  return true;
}
