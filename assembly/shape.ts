import { entries, entry_bytes, region } from './generated/layout';
import { generation } from './generation';
import { header } from './header';
import * as host from './host';
import { spread } from './octets';
import { records } from './records';

/** A shape that is known: header and class, EDNS, and its id. */
@unmanaged
class Entry {
  header: u64;
  rest: u64;
  id: u32;
  generation: u32;
}

/** DO in OPT's TTL field, and how far up its upper bits of the rcode are (RFC 6891, 6.1.3). */
const DNSSEC_OK_BIT: u32 = 15;
const RCODE_BIT: u32 = 24;

/** The id of the shape of the message at hand: what its header, its question's class and its OPT record say. */
export function shapeIdOf(qclass: u32): u32 {
  const hasEdns = records.ednsSize >= 0;
  const dnssecOk = hasEdns ? (records.ednsTtl >> DNSSEC_OK_BIT) & 1 : 0;
  const rcodeHigh = hasEdns ? records.ednsTtl >> RCODE_BIT : 0;
  const counts =
    ((<u64>header.flags) << 48) |
    ((<u64>header.answers) << 32) |
    ((<u64>header.authorities) << 16) |
    (<u64>header.additionals);
  const edns = (u32(hasEdns) << 9) | (dnssecOk << 8) | rcodeHigh;
  const rest = ((<u64>qclass) << 48) | ((<u64>(records.ednsSize & 0xffff)) << 32) | (<u64>edns);
  const place = (<u32>(spread(spread(counts) ^ rest) >> 32)) & (entries.shapes - 1);
  const entry = changetype<Entry>(region.shapes + place * entry_bytes.shapes);
  if (entry.header == counts && entry.rest == rest && entry.generation == generation()) return entry.id;
  const asked = generation();
  const id = host.shapeId(
    header.flags,
    (header.flags & 15) | (rcodeHigh << 4),
    qclass,
    header.answers,
    header.authorities,
    header.additionals,
    records.ednsSize,
    dnssecOk,
  );
  entry.header = counts;
  entry.rest = rest;
  entry.id = id;
  entry.generation = asked;
  return id;
}
