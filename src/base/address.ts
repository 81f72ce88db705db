import { isIP } from 'node:net';

/**
 * Reads an address in text form (RFC 4291, 2.2; brackets and a zone are taken off) into 4 or 16 bytes in
 * network order; IPv4-mapped IPv6 becomes IPv4. Null if the text is no address.
 */
export function parseAddress(text: string): Uint8Array | null {
  let bare = text;
  if (bare.startsWith('[') && bare.endsWith(']')) bare = bare.slice(1, -1);
  const zone = bare.indexOf('%');
  if (zone !== -1) bare = bare.slice(0, zone);
  const family = isIP(bare);
  if (family === 4) return parseIPv4(bare);
  return family === 6 ? unmapped(parseIPv6(bare)) : null;
}

function parseIPv4(text: string): Uint8Array {
  return Uint8Array.from(text.split('.'), Number);
}

function parseIPv6(text: string): Uint8Array {
  let rest = text;
  const tail = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(rest);
  if (tail) {
    const [a, b, c, d] = parseIPv4(tail[2]!) as unknown as [number, number, number, number];
    rest = `${tail[1]}${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
  }
  const [left = '', right] = rest.split('::');
  const before = left === '' ? [] : left.split(':');
  const after = right === undefined || right === '' ? [] : right.split(':');
  const groups = [...before, ...Array<string>(8 - before.length - after.length).fill('0'), ...after];
  return Uint8Array.from(groups.flatMap((group) => [parseInt(group, 16) >> 8, parseInt(group, 16) & 255]));
}

/** The 4 bytes of an IPv4-mapped address (RFC 4291, 2.5.5.2), any other as it is. */
export function unmapped(bytes: Uint8Array): Uint8Array {
  const mapped =
    bytes.length === 16 &&
    bytes[10] === 255 &&
    bytes[11] === 255 &&
    bytes.subarray(0, 10).every((b) => b === 0);
  return mapped ? bytes.subarray(12) : bytes;
}

/** Octets before a name where an endpoint is known by its name alone, so that no name is as long as an address. */
const NAME_MARK = 16;

/**
 * The bytes of an endpoint as a tool printed it: of an address as `parseAddress` reads it; of any other text (a host's
 * name) 16 zero octets and the name in lower case, which `formatAddress` shows as that name.
 */
export function endpointBytes(text: string): Uint8Array {
  const address = parseAddress(text);
  if (address) return address;
  const name = new TextEncoder().encode(text.toLowerCase());
  const bytes = new Uint8Array(NAME_MARK + name.length);
  bytes.set(name, NAME_MARK);
  return bytes;
}

/** Text form of 4 or 16 address bytes: dotted quad, or RFC 5952; or the name of an endpoint known by it alone. */
export function formatAddress(bytes: Uint8Array): string {
  if (bytes.length === 4) return bytes.join('.');
  if (bytes.length > NAME_MARK) return new TextDecoder().decode(bytes.subarray(NAME_MARK));
  const groups = Array.from({ length: 8 }, (_, i) => (bytes[2 * i]! << 8) | bytes[2 * i + 1]!);
  const { start, length } = longestZeroRun(groups);
  const hex = groups.map((group) => group.toString(16));
  if (length < 2) return hex.join(':');
  return `${hex.slice(0, start).join(':')}::${hex.slice(start + length).join(':')}`;
}

function longestZeroRun(groups: readonly number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  for (let i = 0; i < 8; i++) {
    let length = 0;
    while (i + length < 8 && groups[i + length] === 0) length++;
    if (length > best.length) best = { start: i, length };
  }
  return best;
}
