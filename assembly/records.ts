import { answers, cell, region } from './generated/layout';
import { header } from './header';
import { nameIdOf, readName } from './name';
import { u16At, u32At } from './octets';
import { recordDataIdOf } from './record-data';

const SOA: u32 = 6;
const OPT: u32 = 41;
const NXDOMAIN: u32 = 3;
/** A pointer to the first question's name. */
const QUESTION_POINTER: u32 = 0xc00c;
const ANSWER: u32 = 1;
const AUTHORITY: u32 = 2;
const ADDITIONAL: u32 = 3;
/** Octets of type, class, TTL and length of data (RFC 1035, 4.1.3); of SOA's MINIMUM at the end of its data. */
const FIXED: usize = 10;
const MINIMUM: usize = 4;
export const NO_TTL: u32 = 0xffffffff;

/** What the records of the message at hand say. */
export namespace records {
  /** OPT's payload size, -1 without OPT, and its TTL field. */
  export let ednsSize: i32 = -1;
  export let ednsTtl: u32 = 0;
  export let minTtl: u32 = NO_TTL;
  /** Rows in the batch of answers with those of this message, which count once it is written. */
  export let rows: u32 = 0;
}

/**
 * Writes the records that begin at `at` of the message from `start` to `end` as rows of a packet; false if one is not of
 * the common form. `questionId` is the first question's name in names.
 */
export function readRecords(start: usize, at: usize, end: usize, questionId: u32, packetId: u32): bool {
  records.ednsSize = -1;
  records.ednsTtl = 0;
  records.minTtl = NO_TTL;
  records.rows = load<u32>(cell.answers_rows);
  at = section(ANSWER, header.answers, start, at, end, questionId, packetId);
  if (at != 0) at = section(AUTHORITY, header.authorities, start, at, end, questionId, packetId);
  if (at != 0) at = section(ADDITIONAL, header.additionals, start, at, end, questionId, packetId);
  return at != 0;
}

/** Reads a section, and returns where the next one begins; 0 where a record is not of the common form. */
function section(
  number: u32,
  count: u32,
  start: usize,
  at: usize,
  end: usize,
  questionId: u32,
  packetId: u32,
): usize {
  for (let position: u32 = 0; position < count; position++) {
    const isOfQuestion = at + 2 <= end && u16At(at) == QUESTION_POINTER;
    const fixed = isOfQuestion ? at + 2 : readName(start, at, end, region.text);
    const data = fixed + FIXED;
    if (fixed == 0 || data > end) return 0;
    const type = u16At(fixed);
    const klass = u16At(fixed + 2);
    const ttl = u32At(fixed + 4);
    at = data + u16At(fixed + 8);
    if (at > end) return 0;
    if (type == OPT) {
      if (number != ADDITIONAL || records.ednsSize >= 0) continue;
      if (at > data) return 0;
      records.ednsSize = klass;
      records.ednsTtl = ttl;
      continue;
    }
    const nameId = isOfQuestion ? questionId : nameIdOf(region.text);
    const dataId = recordDataIdOf(start, data, at, type, klass);
    if (dataId < 0) return 0;
    countTtl(ttl, number, type, at);
    write(packetId, number, position, nameId, type, klass, ttl, dataId);
  }
  return at;
}

/** Keeps the smallest TTL of an answer, of a negative one that of its SOA (RFC 2308, 5); one with its top bit set means 0 (RFC 2181, 8). */
function countTtl(ttl: u32, number: u32, type: u32, dataEnd: usize): void {
  const bounded: u32 = ttl > 0x7fffffff ? 0 : ttl;
  if (number == ANSWER) records.minTtl = min(records.minTtl, bounded);
  else if (number == AUTHORITY && type == SOA) {
    const isNegative = header.answers == 0 || (header.flags & 15) == NXDOMAIN;
    if (isNegative) records.minTtl = min(records.minTtl, min(bounded, u32At(dataEnd - MINIMUM)));
  }
}

function write(
  packetId: u32,
  number: u32,
  position: u32,
  nameId: u32,
  type: u32,
  klass: u32,
  ttl: u32,
  dataId: u32,
): void {
  const row = records.rows++;
  answers.packet_id(row, packetId);
  answers.section(row, <u8>number);
  answers.position(row, <u16>position);
  answers.name_id(row, nameId);
  answers.type(row, <u16>type);
  answers.klass(row, <u16>klass);
  answers.ttl(row, ttl);
  answers.data_id(row, dataId);
}
