import { line } from './line';

/** What a number may have at most, as in the TypeScript reader. */
const MOST_DIGITS: usize = 9;

/** The number that was read last. */
export namespace number {
  export let value: u32 = 0;
}

/** The digit at `at`; more than 9 if there is none. */
export function digitAt(at: usize): u32 {
  return <u32>load<u8>(at) - 48;
}

/** The number of two digits at `at`; more than 99 if it is none. */
export function twoDigitsAt(at: usize): u32 {
  const tens = digitAt(at);
  const ones = digitAt(at + 1);
  return tens > 9 || ones > 9 ? u32.MAX_VALUE : tens * 10 + ones;
}

/** Reads a decimal number. */
export function readNumber(): bool {
  const from = line.at;
  let at = from;
  let value: u32 = 0;
  for (let digit = digitAt(at); digit < 10; digit = digitAt(++at)) value = value * 10 + digit;
  number.value = value;
  line.at = at;
  return at > from && at - from <= MOST_DIGITS;
}

/** Reads a number of 16 bits: a port or an ID. */
export function readWord(): bool {
  return readNumber() && number.value <= u16.MAX_VALUE;
}
