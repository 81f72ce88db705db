/** IANA's DNS parameter registries, as far as mnemonics go. Unknown codes are TYPEnnn, CLASSnnn (RFC 3597) or numbers. */

export const RCODES: Readonly<Record<number, string>> = {
  0: 'NOERROR',
  1: 'FORMERR',
  2: 'SERVFAIL',
  3: 'NXDOMAIN',
  4: 'NOTIMP',
  5: 'REFUSED',
  6: 'YXDOMAIN',
  7: 'YXRRSET',
  8: 'NXRRSET',
  9: 'NOTAUTH',
  10: 'NOTZONE',
  11: 'DSOTYPENI',
  16: 'BADVERS',
  17: 'BADKEY',
  18: 'BADTIME',
  19: 'BADMODE',
  20: 'BADNAME',
  21: 'BADALG',
  22: 'BADTRUNC',
  23: 'BADCOOKIE',
};

export const TYPES: Readonly<Record<number, string>> = {
  1: 'A',
  2: 'NS',
  3: 'MD',
  4: 'MF',
  5: 'CNAME',
  6: 'SOA',
  7: 'MB',
  8: 'MG',
  9: 'MR',
  10: 'NULL',
  11: 'WKS',
  12: 'PTR',
  13: 'HINFO',
  14: 'MINFO',
  15: 'MX',
  16: 'TXT',
  17: 'RP',
  18: 'AFSDB',
  19: 'X25',
  20: 'ISDN',
  21: 'RT',
  22: 'NSAP',
  23: 'NSAP-PTR',
  24: 'SIG',
  25: 'KEY',
  26: 'PX',
  27: 'GPOS',
  28: 'AAAA',
  29: 'LOC',
  30: 'NXT',
  31: 'EID',
  32: 'NIMLOC',
  33: 'SRV',
  34: 'ATMA',
  35: 'NAPTR',
  36: 'KX',
  37: 'CERT',
  38: 'A6',
  39: 'DNAME',
  40: 'SINK',
  41: 'OPT',
  42: 'APL',
  43: 'DS',
  44: 'SSHFP',
  45: 'IPSECKEY',
  46: 'RRSIG',
  47: 'NSEC',
  48: 'DNSKEY',
  49: 'DHCID',
  50: 'NSEC3',
  51: 'NSEC3PARAM',
  52: 'TLSA',
  53: 'SMIMEA',
  55: 'HIP',
  56: 'NINFO',
  57: 'RKEY',
  58: 'TALINK',
  59: 'CDS',
  60: 'CDNSKEY',
  61: 'OPENPGPKEY',
  62: 'CSYNC',
  63: 'ZONEMD',
  64: 'SVCB',
  65: 'HTTPS',
  66: 'DSYNC',
  99: 'SPF',
  100: 'UINFO',
  101: 'UID',
  102: 'GID',
  103: 'UNSPEC',
  104: 'NID',
  105: 'L32',
  106: 'L64',
  107: 'LP',
  108: 'EUI48',
  109: 'EUI64',
  249: 'TKEY',
  250: 'TSIG',
  251: 'IXFR',
  252: 'AXFR',
  253: 'MAILB',
  254: 'MAILA',
  255: 'ANY',
  256: 'URI',
  257: 'CAA',
  258: 'AVC',
  259: 'DOA',
  260: 'AMTRELAY',
  261: 'RESINFO',
  262: 'WALLET',
  32768: 'TA',
  32769: 'DLV',
};

export const CLASSES: Readonly<Record<number, string>> = {
  1: 'IN',
  3: 'CH',
  4: 'HS',
  254: 'NONE',
  255: 'ANY',
};

export const OPCODES: Readonly<Record<number, string>> = {
  0: 'QUERY',
  1: 'IQUERY',
  2: 'STATUS',
  4: 'NOTIFY',
  5: 'UPDATE',
  6: 'DSO',
};

const codeOf = (registry: Readonly<Record<number, string>>) =>
  new Map(Object.entries(registry).map(([code, name]) => [name, Number(code)]));
const typeCodes = codeOf(TYPES);
const classCodes = codeOf(CLASSES);
const rcodeCodes = codeOf(RCODES);

function numbered(text: string, prefix: string): number | null {
  const match = new RegExp(`^${prefix}(\\d{1,5})$`).exec(text);
  return match && Number(match[1]) < 65536 ? Number(match[1]) : null;
}

/** The code of a type mnemonic in upper case (`AAAA`, `TYPE65280`), or null. */
export function typeCode(text: string): number | null {
  return typeCodes.get(text) ?? numbered(text, 'TYPE');
}

/** The code of a class mnemonic in upper case (`IN`, `CLASS42`), or null. */
export function classCode(text: string): number | null {
  return classCodes.get(text) ?? numbered(text, 'CLASS');
}

/** The code of an rcode mnemonic in upper case or of a decimal number, or null. */
export function rcodeCode(text: string): number | null {
  return rcodeCodes.get(text) ?? numbered(text, '(?:RCODE)?');
}

/**
 * What an ICMP error says, by its code in IANA's registries and as `icmpCode` numbers it: destination unreachable and
 * time exceeded of ICMP (RFC 792, RFC 1122, RFC 1812), and of ICMPv6, with packet too big (RFC 4443).
 */
export const ICMP_ERRORS: Readonly<Record<number, string>> = {
  [icmpCode(4, 3, 0)]: 'network unreachable',
  [icmpCode(4, 3, 1)]: 'host unreachable',
  [icmpCode(4, 3, 2)]: 'protocol unreachable',
  [icmpCode(4, 3, 3)]: 'port unreachable',
  [icmpCode(4, 3, 4)]: 'fragmentation needed',
  [icmpCode(4, 3, 5)]: 'source route failed',
  [icmpCode(4, 3, 6)]: 'network unknown',
  [icmpCode(4, 3, 7)]: 'host unknown',
  [icmpCode(4, 3, 8)]: 'host isolated',
  [icmpCode(4, 3, 9)]: 'network administratively prohibited',
  [icmpCode(4, 3, 10)]: 'host administratively prohibited',
  [icmpCode(4, 3, 11)]: 'network unreachable for type of service',
  [icmpCode(4, 3, 12)]: 'host unreachable for type of service',
  [icmpCode(4, 3, 13)]: 'administratively prohibited',
  [icmpCode(4, 3, 14)]: 'precedence violation',
  [icmpCode(4, 3, 15)]: 'precedence cutoff',
  [icmpCode(4, 11, 0)]: 'hop limit exceeded',
  [icmpCode(4, 11, 1)]: 'reassembly time exceeded',
  [icmpCode(6, 1, 0)]: 'no route',
  [icmpCode(6, 1, 1)]: 'administratively prohibited',
  [icmpCode(6, 1, 2)]: 'beyond scope of source address',
  [icmpCode(6, 1, 3)]: 'address unreachable',
  [icmpCode(6, 1, 4)]: 'port unreachable',
  [icmpCode(6, 1, 5)]: 'source address failed policy',
  [icmpCode(6, 1, 6)]: 'route rejected',
  [icmpCode(6, 2, 0)]: 'packet too big',
  [icmpCode(6, 3, 0)]: 'hop limit exceeded',
  [icmpCode(6, 3, 1)]: 'reassembly time exceeded',
};

function icmpCode(version: 4 | 6, type: number, code: number): number {
  return version * 65536 + type * 256 + code;
}
