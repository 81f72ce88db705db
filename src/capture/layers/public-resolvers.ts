import { formatAddress } from '../../base/address.js';

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
  '2606:4700:4700::1111',
  '2606:4700:4700::1001',
  '2001:4860:4860::8888',
  '2001:4860:4860::8844',
  '2620:fe::fe',
  '2620:fe::9',
  '2620:119:35::35',
  '2620:119:53::53',
  '2a10:50c0::ad1:ff',
  '2a10:50c0::ad2:ff',
]);

/** Names by which their servers of DNS over HTTPS are asked, and those of browsers' own. */
const NAMES: ReadonlySet<string> = new Set([
  'cloudflare-dns.com',
  'one.one.one.one',
  'dns.google',
  'dns.google.com',
  'dns.quad9.net',
  'doh.opendns.com',
  'dns.opendns.com',
  'dns.adguard-dns.com',
  'dns.nextdns.io',
  'mozilla.cloudflare-dns.com',
  'chrome.cloudflare-dns.com',
]);

/** Whether a server by that name is one of DNS over HTTPS. */
export function isResolverName(name: string): boolean {
  return NAMES.has(name);
}

/** The address as text where a public resolver answers there, else null. `length` is 4 or 16 octets. */
export function publicResolver(addresses: Uint8Array, at: number, length: number): string | null {
  const text = formatAddress(addresses.subarray(at, at + length));
  return ADDRESSES.has(text) ? text : null;
}
