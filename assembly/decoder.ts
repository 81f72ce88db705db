/**
 * Reads frames of the common form: DNS over UDP over IP right behind Ethernet or a cooked header, whole, with one question, names
 * without escapes, EDNS without options, nothing amiss. It writes the very rows that TypeScript would, and leaves every other frame to it.
 */
import { cell } from './generated/layout';
import { seedWith } from './hash';
import { ip } from './ip';
import { link } from './link';
import { message } from './message';
import { packet } from './packet';
import { file, readRecord, record } from './pcap';
import { udp } from './udp';

const NANOS: u64 = 1_000_000_000;

/** Sets the database's seed for hashes. */
export function begin(seed: u32): void {
  seedWith(seed);
}

/** Says how the records of a pcap file are written, and what link they were captured on. */
export function beginFile(isBigEndian: bool, unitsPerSecond: u32, linkType: u32): void {
  file.isBigEndian = isBigEndian;
  file.unitsPerSecond = unitsPerSecond;
  file.nanosPerUnit = <u32>NANOS / unitsPerSecond;
  packet.linkType = linkType;
}

/** Reads records of a pcap file from `at` on, up to the first that is left to TypeScript or not whole before `end`: where that begins. */
export function walk(at: usize, end: usize): usize {
  let frames: u32 = 0;
  let first: u64 = u64.MAX_VALUE;
  let last: u64 = 0;
  const before = load<u32>(cell.frame);
  while (readRecord(at, end)) {
    const time = <u64>record.seconds * NANOS + record.nanos;
    packet.interfaceId = 0;
    packet.direction = 0;
    if (!read(before + frames + 1, time, record.data, record.end)) break;
    store<u32>(cell.seconds, record.seconds);
    first = min(first, time);
    last = max(last, time);
    frames++;
    at = record.end;
  }
  store<u32>(cell.frame, before + frames);
  store<u32>(cell.frames, frames);
  tell(cell.first_seconds, cell.first_nanos, first);
  tell(cell.last_seconds, cell.last_nanos, last);
  return at;
}

/** Reads the frame at `at` up to `end`; false, and nothing written, if it is left to TypeScript. */
export function frame(
  at: usize,
  end: usize,
  number: u32,
  seconds: u32,
  nanos: u32,
  linkType: u32,
  interfaceId: u32,
  direction: u32,
): bool {
  packet.linkType = linkType;
  packet.interfaceId = interfaceId;
  packet.direction = direction;
  return read(number, <u64>seconds * NANOS + nanos, at, end);
}

function read(number: u32, time: u64, at: usize, end: usize): bool {
  packet.number = number;
  packet.time = time;
  packet.at = at;
  packet.end = end;
  return link() && ip() && udp() && message();
}

function tell(seconds: usize, nanos: usize, time: u64): void {
  store<u32>(seconds, <u32>(time / NANOS));
  store<u32>(nanos, <u32>(time % NANOS));
}
