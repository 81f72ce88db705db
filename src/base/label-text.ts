/**
 * How octets are written in names and other texts of DNS (RFC 1035, 5.1; RFC 4343, 2.1), one rule for the wire, for
 * logs and for listings: visible ASCII that means something there after a backslash, what is not visible as `\DDD`.
 */
const SPACE = 0x20;
const QUOTE = 0x22;
const DOT = 0x2e;
const BACKSLASH = 0x5c;

/** What a byte of a label becomes: itself in lower case, or 0 where it must be escaped. */
export const PLAIN: Uint8Array = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (!isVisible(byte) || byte === DOT || byte === BACKSLASH) return 0;
  return byte >= 65 && byte <= 90 ? byte + 32 : byte;
});

/** The same of a whole name, in which dots part labels. */
export const PLAIN_NAME: Uint8Array = PLAIN.map((plain, byte) => (byte === DOT ? DOT : plain));

/** The same of a character-string in quotes, where capitals stay. */
const PLAIN_QUOTED = Uint8Array.from({ length: 256 }, (_, byte) =>
  (isVisible(byte) || byte === SPACE) && byte !== QUOTE && byte !== BACKSLASH ? byte : 0,
);

function isVisible(byte: number): boolean {
  return byte > SPACE && byte < 0x7f;
}

/** Writes the escape of a byte that is not plain (2 or 4 bytes); the index after it. */
export function writeEscape(out: Uint8Array, at: number, byte: number): number {
  out[at++] = BACKSLASH;
  if (isVisible(byte)) {
    out[at++] = byte;
    return at;
  }
  out[at++] = 48 + ((byte / 100) | 0);
  out[at++] = 48 + (((byte / 10) | 0) % 10);
  out[at++] = 48 + (byte % 10);
  return at;
}

/** The text of octets: what `plain` has for each, or its escape where that is 0. */
export function escapedText(bytes: Uint8Array, plain: Uint8Array): string {
  const out = Buffer.alloc(4 * bytes.length);
  let length = 0;
  for (const byte of bytes) {
    if (plain[byte] === 0) length = writeEscape(out, length, byte);
    else out[length++] = plain[byte]!;
  }
  return out.toString('latin1', 0, length);
}

/** A character-string (RFC 1035, 5.1), in quotes. */
export function quotedText(bytes: Uint8Array): string {
  return `"${escapedText(bytes, PLAIN_QUOTED)}"`;
}
