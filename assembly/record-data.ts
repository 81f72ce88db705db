import { entries, entry_bytes, region } from './generated/layout';
import { generation } from './generation';
import * as host from './host';
import { name, readName } from './name';
import { isSame, placeOf } from './octets';

/** How data of a type is laid out: octets before its names, how many names, octets behind them (RFC 1035, 3.3). */
namespace form {
  export let before: u32 = 0;
  export let names: u32 = 0;
  export let after: u32 = 0;
}

/** Data that is not of a form here: asked for each time that it is met. */
const OTHER: u32 = 0xff;

function formOf(type: u32): void {
  form.before = 0;
  form.names = 0;
  form.after = 0;
  switch (type) {
    case 2: // NS
    case 5: // CNAME
    case 12: // PTR
    case 39: // DNAME
      form.names = 1;
      return;
    case 6: // SOA: serial, refresh, retry, expire, minimum
      form.names = 2;
      form.after = 20;
      return;
    case 15: // MX: preference
      form.before = 2;
      form.names = 1;
      return;
    case 33: // SRV: priority, weight, port
      form.before = 6;
      form.names = 1;
      return;
    case 3: // MD
    case 4: // MF
    case 7: // MB
    case 8: // MG
    case 9: // MR
    case 14: // MINFO
    case 17: // RP
    case 18: // AFSDB
    case 21: // RT
    case 35: // NAPTR
    case 36: // KX
      form.names = OTHER;
      return;
  }
}

/** Data whose text is known; type, class and octets follow, with names written out. */
@unmanaged
class Entry {
  length: u32;
  id: u32;
  generation: u32;
}

/** Behind the text of a name of 255 octets. */
const KEY: usize = region.text + 512;

/**
 * The id in texts of the data at `at` up to `end` of a record in the message that starts at `start`; -1 if it is not what its
 * type says, or not of the common form.
 */
export function recordDataIdOf(start: usize, at: usize, end: usize, type: u32, klass: u32): i32 {
  formOf(type);
  if (at == end || form.names == OTHER) return host.recordDataId(start, at, end, type, klass);
  const room = entry_bytes.record_data - <u32>offsetof<Entry>();
  if (form.names == 0 && <u32>(end - at) + 4 > room) return host.recordDataId(start, at, end, type, klass);
  const length = writeKey(start, at, end, type, klass);
  if (length == 0) return -1;
  if (length > room) return host.recordDataId(start, at, end, type, klass);
  const place =
    region.record_data + (placeOf(KEY, length) & (entries.record_data - 1)) * entry_bytes.record_data;
  const entry = changetype<Entry>(place);
  const known = place + offsetof<Entry>();
  if (entry.length == length && entry.generation == generation() && isSame(known, KEY, length))
    return entry.id;
  const asked = generation();
  const id = host.recordDataId(start, at, end, type, klass);
  if (id < 0) return id;
  entry.length = length;
  entry.id = id;
  entry.generation = asked;
  memory.copy(known, KEY, length);
  return id;
}

/** Writes what tells data from others, and returns how long that is; 0 where it is not what its type says. */
function writeKey(start: usize, at: usize, end: usize, type: u32, klass: u32): u32 {
  store<u32>(KEY, type | (klass << 16));
  let to = KEY + 4;
  if (form.names > 0) {
    if (at + form.before > end) return 0;
    memory.copy(to, at, form.before);
    to += form.before;
    at += form.before;
    for (let i: u32 = 0; i < form.names; i++) {
      at = readName(start, at, end, to);
      if (at == 0) return 0;
      to += name.length;
      store<u8>(to++, 0);
    }
    if (at + form.after != end) return 0;
  }
  const left = end - at;
  memory.copy(to, at, left);
  return <u32>(to + left - KEY);
}
