/**
 * Reads log lines of the common form: query lines in the log plugin's common format, bare or as kubectl or a CRI runtime wraps them.
 * It writes the very rows that TypeScript would, and leaves every other line to it.
 */
import { BATCH_ROWS, cell } from './generated/layout';
import { line } from './line';
import { readQuery } from './query';
import { writeRow } from './row';
import { time } from './time';
import { unwrap, wrapper } from './wrapper';

const NANOS: i64 = 1_000_000_000;
const LINE_FEED: u32 = 10;
const CARRIAGE_RETURN: u32 = 13;

/**
 * Reads whole lines from `at` on, up to the first that is left to TypeScript or not whole before `end`: where that begins. It
 * never fills a batch, which only TypeScript hands on. There are `rows` and `lines` before; cells say of what was read. The octet at `end` is written: a line feed, which ends all reading.
 */
export function walk(at: usize, end: usize, rows: u32, lines: u32, hasPrefix: bool, stamp: u32): usize {
  wrapper.hasPrefix = hasPrefix;
  wrapper.stamp = stamp;
  let read: u32 = 0;
  let timed: u32 = 0;
  let first = i64.MAX_VALUE;
  let last = i64.MIN_VALUE;
  store<u8>(end, LINE_FEED);
  while (at < end && rows + read + 1 < BATCH_ROWS) {
    line.at = at;
    if (!unwrap() || !readQuery() || !readEnd(end) || !writeRow(rows + read, lines + read + 1)) break;
    read++;
    at = line.at;
    if (!time.isTold) continue;
    timed++;
    first = min(first, time.nanos);
    last = max(last, time.nanos);
  }
  store<u32>(cell.lines, read);
  store<u32>(cell.log_queries_rows, rows + read);
  store<u32>(cell.timed, timed);
  tell(cell.first_seconds, cell.first_nanos, first);
  tell(cell.last_seconds, cell.last_nanos, last);
  return at;
}

/** Reads a line feed before `end`, and carriage returns before it. */
function readEnd(end: usize): bool {
  while (load<u8>(line.at) == CARRIAGE_RETURN) line.at++;
  return line.at < end && load<u8>(line.at++) == LINE_FEED;
}

function tell(seconds: usize, nanos: usize, instant: i64): void {
  store<u32>(seconds, <u32>(instant / NANOS));
  store<u32>(nanos, <u32>(instant % NANOS));
}
