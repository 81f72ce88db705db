import { u16, u32 } from '../packet/bytes.js';

/** Types of a TLS record and of the messages of a handshake in it (RFC 8446, 4 and 5.1). */
const HANDSHAKE = 22;
const CLIENT_HELLO = 1;
const SERVER_HELLO = 2;
const SERVER_NAME = 0;
const HOST_NAME = 0;
const LONGEST_NAME = 255;

/** What a segment that begins with a record of TLS begins: a client's hello, a server's, another record; or it does not. */
export function handshakeAt(
  bytes: Uint8Array,
  at: number,
  end: number,
): 'client' | 'server' | 'other' | null {
  if (at + 6 > end || bytes[at]! < 20 || bytes[at]! > 23 || bytes[at + 1] !== 3 || bytes[at + 2]! > 4)
    return null;
  if (bytes[at] !== HANDSHAKE) return 'other';
  return bytes[at + 5] === CLIENT_HELLO ? 'client' : bytes[at + 5] === SERVER_HELLO ? 'server' : 'other';
}

/** The version in the long header of QUIC at `at`, which a connection begins with (RFC 9000, 17.2); 0 where there is none. */
export function quicVersionAt(bytes: Uint8Array, at: number, end: number): number {
  return at + 5 <= end && bytes[at]! >> 6 === 3 ? u32(bytes, at + 1) : 0;
}

/** The name that a client's hello at `at` asks for (RFC 6066, 3), in lower case; null where it has none, or it is not captured. */
export function serverNameIn(bytes: Uint8Array, at: number, end: number): string | null {
  // record, handshake, version, random; then three lists with their lengths before them
  let next = at + 5 + 4 + 2 + 32;
  if (next >= end) return null;
  next += 1 + bytes[next]!;
  if (next + 2 > end) return null;
  next += 2 + u16(bytes, next);
  if (next >= end) return null;
  next += 1 + bytes[next]! + 2;
  while (next + 4 <= end) {
    const type = u16(bytes, next);
    const length = u16(bytes, next + 2);
    next += 4;
    if (type === SERVER_NAME) return hostName(bytes, next, Math.min(end, next + length));
    next += length;
  }
  return null;
}

/** The first of a list of names, which holds one. */
function hostName(bytes: Uint8Array, at: number, end: number): string | null {
  if (at + 5 > end || bytes[at + 2] !== HOST_NAME) return null;
  const length = u16(bytes, at + 3);
  const start = at + 5;
  if (length === 0 || length > LONGEST_NAME || start + length > end) return null;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, length)
    .toString('latin1')
    .toLowerCase();
  return /^[a-z\d_-]{1,63}(?:\.[a-z\d_-]{1,63})*$/.test(text) ? text : null;
}
