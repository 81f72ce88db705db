import { isSame } from '../octets';
import { region } from './generated/layout';
import * as host from './host';
import { line } from './line';
import { number, readNumber, twoDigitsAt } from './number';

const PLUS: u32 = 43;
const MINUS: u32 = 45;
const DOT: u32 = 46;
const COLON: u32 = 58;
const ZULU: u32 = 90;
/** Octets of `YYYY-MM-DDTHH:MM`. */
const MINUTE: u32 = 16;
const NANOS: i64 = 1_000_000_000;
const NANO_DIGITS: usize = 9;

/** When the line was written, if it says so: nanoseconds since 1970. */
export namespace time {
  export let isTold: bool = false;
  export let nanos: i64 = 0;
}

/** Reads a time of RFC 3339 (5.6) with a fraction of at most nine digits. */
export function readTime(): bool {
  const at = line.at;
  if (!readMinute(at) || load<u8>(at, MINUTE) != COLON) return false;
  const second = twoDigitsAt(at + MINUTE + 1);
  if (second > 60) return false;
  line.at = at + MINUTE + 3;
  if (!readFraction() || !readZone()) return false;
  time.isTold = true;
  time.nanos = (minute.seconds + second - zone.seconds) * NANOS + fraction.nanos;
  return true;
}

/** The minute that was read last, whose text is kept: most lines share it with the line before. */
namespace minute {
  export let seconds: i64 = 0;
}

function readMinute(at: usize): bool {
  if (isSame(region.minute, at, MINUTE)) return true;
  const seconds = host.minuteStart(at);
  if (!isFinite(seconds)) return false;
  minute.seconds = <i64>seconds;
  memory.copy(region.minute, at, MINUTE);
  return true;
}

namespace fraction {
  export let nanos: i64 = 0;
}

function readFraction(): bool {
  fraction.nanos = 0;
  if (load<u8>(line.at) != DOT) return true;
  const from = ++line.at;
  if (!readNumber()) return false;
  fraction.nanos = number.value;
  for (let digits = line.at - from; digits < NANO_DIGITS; digits++) fraction.nanos *= 10;
  return true;
}

/** How far the zone is east of UTC. */
namespace zone {
  export let seconds: i64 = 0;
}

/** Reads `Z` or `+HH:MM`. */
function readZone(): bool {
  const at = line.at;
  const sign = <u32>load<u8>(at);
  if (sign == ZULU) {
    zone.seconds = 0;
    line.at = at + 1;
    return true;
  }
  if (sign != PLUS && sign != MINUS) return false;
  const hours = twoDigitsAt(at + 1);
  const minutes = twoDigitsAt(at + 4);
  if (hours > 23 || load<u8>(at, 3) != COLON || minutes > 59) return false;
  const seconds = <i64>(hours * 3600 + minutes * 60);
  zone.seconds = sign == MINUS ? -seconds : seconds;
  line.at = at + 6;
  return true;
}
