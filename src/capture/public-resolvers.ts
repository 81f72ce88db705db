import { formatAddress } from '../store/address.js';

/**
 * Addresses at which resolvers for everybody answer, over HTTPS too (RFC 8484): Cloudflare, Google, Quad9, OpenDNS, AdGuard,
 * as their operators publish them. Other DNS over HTTPS looks like any other site.
 */
const ADDRESSES: ReadonlySet<string> = new Set([
  '1.1.1.1',
  '1.0.0.1',
  '8.8.8.8',
  '8.8.4.4',
  '9.9.9.9',
  '149.112.112.112',
  '208.67.222.222',
  '208.67.220.220',
  '94.140.14.14',
  '94.140.15.15',
]);

/** The address as text where a public resolver answers there, else null. `length` is 4 or 16 octets; IPv6 is told as none. */
export function publicResolver(addresses: Uint8Array, at: number, length: number): string | null {
  if (length !== 4) return null;
  const text = formatAddress(addresses.subarray(at, at + length));
  return ADDRESSES.has(text) ? text : null;
}
