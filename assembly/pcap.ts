import { MAX_PACKET } from './generated/layout';

/** How the records of the pcap file at hand are written (pcap-savefile(5)). */
export namespace file {
  export let isBigEndian: bool = false;
  /** Units of a record's fraction in a second, and nanoseconds of one. */
  export let unitsPerSecond: u32 = 0;
  export let nanosPerUnit: u32 = 0;
}

const RECORD_HEADER: usize = 16;

/** The header of the record at hand. */
export namespace record {
  export let seconds: u32 = 0;
  export let nanos: u32 = 0;
  /** Where its octets lie. */
  export let data: usize = 0;
  export let end: usize = 0;
}

/** Reads the header at `at` of a record that is whole before `end`, with a time; false if it is not. */
export function readRecord(at: usize, end: usize): bool {
  const data = at + RECORD_HEADER;
  if (data > end) return false;
  const captured = word(at + 8);
  const fraction = word(at + 4);
  record.seconds = word(at);
  // a time of zero is what writers without a clock leave there
  if (
    captured > MAX_PACKET ||
    data + captured > end ||
    record.seconds == 0 ||
    fraction >= file.unitsPerSecond
  )
    return false;
  record.nanos = fraction * file.nanosPerUnit;
  record.data = data;
  record.end = data + captured;
  return true;
}

function word(at: usize): u32 {
  const value = load<u32>(at);
  return file.isBigEndian ? bswap<u32>(value) : value;
}
