import * as dnsPacket from 'dns-packet';
import type { CaaData, DnskeyData, DsData, NaptrData, Nsec3Data, NsecData } from 'dns-packet';
import type { RrsigData, SshfpData, TlsaData } from 'dns-packet';
import { escapedText, PLAIN_NAME, quotedText } from '../../base/label-text.js';

/** What dns-packet's `record(type)` gives; its type declarations leave it out. */
interface Codec {
  decode(message: Buffer, offset: number): unknown;
}
const codecs = dnsPacket as unknown as { default: { record(type: string): Codec } };

/** Longer data stays in hex: a type bitmap's text is far longer than the bitmap. */
const LONGEST = 4096;

const WRITERS: Readonly<Record<string, (data: never) => string>> = {
  CAA: (d: CaaData) => `${d.flags} ${word(d.tag)} ${quote(d.value)}`,
  DNSKEY: (d: DnskeyData) => `${d.flags} 3 ${d.algorithm} ${d.key.toString('base64')}`,
  DS: (d: DsData) => `${d.keyTag} ${d.algorithm} ${d.digestType} ${d.digest.toString('hex')}`,
  NAPTR: (d: NaptrData) =>
    `${d.order} ${d.preference} ${quote(d.flags)} ${quote(d.services)} ${quote(d.regexp)} ${word(d.replacement)}`,
  NSEC: (d: NsecData) => `${word(d.nextDomain)} ${types(d.rrtypes)}`,
  NSEC3: (d: Nsec3Data) =>
    `${d.algorithm} ${d.flags} ${d.iterations} ${d.salt.toString('hex') || '-'} ${base32(d.nextDomain)} ${types(d.rrtypes)}`,
  RRSIG: (d: RrsigData) =>
    `${types([d.typeCovered])} ${d.algorithm} ${d.labels} ${d.originalTTL} ${instant(d.expiration)} ` +
    `${instant(d.inception)} ${d.keyTag} ${word(d.signersName)} ${d.signature.toString('base64')}`,
  SSHFP: (d: SshfpData) => `${d.algorithm} ${d.hash} ${d.fingerprint}`,
  TLSA: (d: TlsaData) => `${d.usage} ${d.selector} ${d.matchingType} ${d.certificate.toString('hex')}`,
};

/**
 * Record data by dns-packet, for types off the fast path; null where it does not know the type or cannot
 * read the data. Names in it are as dns-packet reads them, in lower case.
 */
export function textByDnsPacket(
  type: string,
  bytes: Uint8Array,
  start: number,
  at: number,
  end: number,
): string | null {
  const write = WRITERS[type];
  if (write === undefined || end - at > LONGEST) return null;
  // The codec wants the two octets of RDLENGTH before the data, and pointers relative to the message.
  const message = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start);
  try {
    return write(codecs.default.record(type).decode(message, at - start - 2) as never);
  } catch {
    return null;
  }
}

/** A name or tag; as text has no blank, the words of a record stay apart. */
function word(text: string): string {
  return escapedText(Buffer.from(text), PLAIN_NAME) || '.';
}

function quote(text: string): string {
  return quotedText(Buffer.from(text));
}

function types(names: readonly string[]): string {
  return names.map((name) => name.replace('UNKNOWN_', 'TYPE')).join(' ');
}

/** YYYYMMDDHHmmSS (RFC 4034, 3.2). */
function instant(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(/\.\d+|\D/g, '');
}

/** Base 32 with the extended hex alphabet, no padding (RFC 4648, 7), as RFC 5155 writes hashes. */
function base32(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xffff;
    for (bits += 8; bits >= 5; bits -= 5) text += ((held >> (bits - 5)) & 31).toString(32);
  }
  return bits > 0 ? text + ((held << (5 - bits)) & 31).toString(32) : text;
}
