const BLANK: u8 = 32;

/** Where a run of visible octets ends: at `stop`, or at a blank or a control character, and so at the line feed at the latest. Up to 15 octets behind are read. */
export function runEnd(at: usize, stop: u8): usize {
  const blanks = i8x16.splat(BLANK);
  const stops = i8x16.splat(stop);
  let found = endsAt(at, blanks, stops);
  while (found == 0) found = endsAt((at += 16), blanks, stops);
  return at + ctz(found);
}

/** A bit for each of the 16 octets at `at` that ends a run. */
function endsAt(at: usize, blanks: v128, stops: v128): i32 {
  const octets = v128.load(at);
  return v128.bitmask<i8>(v128.or(v128.le<u8>(octets, blanks), v128.eq<i8>(octets, stops)));
}

/** The same up to a blank. */
export function wordEnd(at: usize): usize {
  return runEnd(at, BLANK);
}
