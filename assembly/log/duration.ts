import { line } from './line';
import { digitAt } from './number';

const DOT: u32 = 46;
const SECONDS: u32 = 115;
/** Digits whose number, and a power of ten above which, a double holds exactly: their quotient is rounded rightly. */
const MOST_DIGITS: u32 = 15;

/** The duration that was read last, in seconds. */
export namespace duration {
  export let seconds: f64 = 0;
}

/** Reads a duration as CoreDNS writes it from 1.2.6 on, `0.000150566s`. */
export function readDuration(): bool {
  let at = line.at;
  let digits: u32 = 0;
  let mantissa: u64 = 0;
  let scale: f64 = 1;
  let digit = digitAt(at);
  for (; digit < 10; digit = digitAt(++at)) {
    mantissa = mantissa * 10 + digit;
    digits++;
  }
  if (digits == 0) return false;
  if (load<u8>(at) == DOT) {
    for (digit = digitAt(++at); digit < 10; digit = digitAt(++at)) {
      mantissa = mantissa * 10 + digit;
      scale *= 10;
      digits++;
    }
  }
  if (digits > MOST_DIGITS || load<u8>(at) != SECONDS) return false;
  duration.seconds = <f64>mantissa / scale;
  line.at = at + 1;
  return true;
}
