/** How often bytes are tried; what is left then is small enough to look at. */
const MOST_TRIES = 400;

/** The bytes with parts left out, ever smaller ones, for as long as `shows` holds of what is left. */
export async function minimise(bytes, shows) {
  if (!(await shows(bytes))) return bytes;
  let smallest = bytes;
  let tries = 0;
  for (let size = Math.ceil(bytes.length / 2); size >= 1 && tries < MOST_TRIES; size = Math.floor(size / 2)) {
    for (let at = 0; at < smallest.length && tries < MOST_TRIES; tries++) {
      const without = Buffer.concat([smallest.subarray(0, at), smallest.subarray(at + size)]);
      if (without.length > 0 && (await shows(without))) smallest = without;
      else at += size;
    }
  }
  return smallest;
}
