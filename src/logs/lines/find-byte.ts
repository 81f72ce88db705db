/** The first place of a byte in `bytes[at..end)`, or -1; `indexOf` would go on to the end of all bytes, for each line anew. */
export function findByte(bytes: Uint8Array, byte: number, at: number, end: number): number {
  for (; at < end; at++) if (bytes[at] === byte) return at;
  return -1;
}

/** The last place of a byte in `bytes[at..end)`, or -1. */
export function findLastByte(bytes: Uint8Array, byte: number, at: number, end: number): number {
  for (let place = end - 1; place >= at; place--) if (bytes[place] === byte) return place;
  return -1;
}
