import { parseAddress } from '../../base/address.js';
import { plainName } from '../resolv/parse-resolv-conf.js';

/** What a key of a server block stands for. */
export interface ServerAddress {
  /** Zones in lower case without the trailing dot; `.` is the root. */
  zones: string[];
  port: number;
}

/** Ports by scheme (coredns, plugin/pkg/transport). */
const PORTS: Readonly<Record<string, number>> = {
  dns: 53,
  tls: 853,
  quic: 853,
  grpc: 443,
  https: 443,
  https3: 443,
  unix: 53,
};

/** Zones that one address block may stand for: a /25 is 128 names, and one more bit of it is no practice. */
const MAX_ZONES = 256;

/**
 * Reads `[SCHEME://]ZONE[:PORT]`. A block of addresses (`10.0.0.0/22`) stands for its reverse zones, split at
 * the next octet (IPv4) or nibble (IPv6). Null if the port is none.
 */
export function parseServerKey(key: string): ServerAddress | null {
  const scheme = /^([a-z0-9]+):\/\//.exec(key);
  const standard = PORTS[scheme?.[1] ?? ''];
  const rest = scheme && standard !== undefined ? key.slice(scheme[0].length) : key;
  const ported = /^(.*):(\d{1,6})$/s.exec(rest);
  const port = ported ? Number(ported[2]) : (standard ?? 53);
  const host = ported ? ported[1]! : rest.replace(/:$/, '');
  if (port > 65535) return null;
  return { zones: reverseZones(host) ?? [zoneOf(host)], port };
}

function zoneOf(host: string): string {
  if (host === '') return '.';
  return /[{}$]/.test(host) ? host : plainName(host);
}

function reverseZones(host: string): string[] | null {
  const cidr = /^([0-9a-fA-F.:]+)\/(\d{1,3})$/.exec(host);
  const bytes = cidr && parseAddress(cidr[1]!);
  if (!cidr || !bytes || Number(cidr[2]) > bytes.length * 8) return null;
  const digitBits = bytes.length === 4 ? 8 : 4;
  const bits = Number(cidr[2]);
  const digits = Math.ceil(bits / digitBits);
  const count = Math.min(2 ** (digits * digitBits - bits), MAX_ZONES);
  const all = digitsOf(bytes, digitBits).slice(0, digits);
  const free = digits * digitBits - bits;
  const suffix = bytes.length === 4 ? 'in-addr.arpa' : 'ip6.arpa';
  return Array.from({ length: count }, (_, i) => {
    const own = all.map((digit, place) => (place === digits - 1 ? ((digit >> free) << free) + i : digit));
    return [...own.map((digit) => digit.toString(digitBits === 8 ? 10 : 16)).reverse(), suffix].join('.');
  });
}

function digitsOf(bytes: Uint8Array, bits: number): number[] {
  return bits === 8 ? [...bytes] : [...bytes].flatMap((byte) => [byte >> 4, byte & 15]);
}
