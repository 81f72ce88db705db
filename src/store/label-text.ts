/**
 * How bytes of a label are written in names (RFC 1035, 5.1; RFC 4343, 2.1), one rule for the wire and for logs:
 * lower case, a backslash before `.` and `\`, printable ASCII as it is, any other byte as `\DDD`.
 */
const DOT = 0x2e;
const BACKSLASH = 0x5c;

/** What a byte of a label becomes: itself in lower case, or 0 where it must be escaped. */
export const PLAIN: Uint8Array = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte <= 0x20 || byte >= 0x7f || byte === DOT || byte === BACKSLASH) return 0;
  return byte >= 65 && byte <= 90 ? byte + 32 : byte;
});

/** Writes the escape of a byte that `PLAIN` leaves out (2 or 4 bytes); the index after it. */
export function writeEscape(out: Uint8Array, at: number, byte: number): number {
  out[at++] = BACKSLASH;
  if (byte === DOT || byte === BACKSLASH) {
    out[at++] = byte;
    return at;
  }
  out[at++] = 48 + ((byte / 100) | 0);
  out[at++] = 48 + (((byte / 10) | 0) % 10);
  out[at++] = 48 + (byte % 10);
  return at;
}
