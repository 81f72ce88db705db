import { formatAddress } from '../../base/address.js';
import { quotedText } from '../../base/label-text.js';
import { TYPES } from '../../base/registries.js';
import { textByDnsPacket } from './rare-record.js';

/**
 * Record data in presentation form, for types whose data is not written out on the fast path: RFC 1035's
 * form where the type is known, else the hex of RFC 3597. Null if the data is not what its type says.
 */
export function textOfRecord(
  bytes: Uint8Array,
  start: number,
  at: number,
  end: number,
  type: number,
  klass: number,
): string | null {
  const data = bytes.subarray(at, end);
  // The top bit is mDNS's cache flush (RFC 6762, 10.2); data of other classes has forms of its own.
  const internet = (klass & 0x7fff) === 1;
  switch (type) {
    case 1:
      if (!internet) break;
      return data.length === 4 ? formatAddress(data) : null;
    case 28:
      if (!internet) break;
      return data.length === 16 ? formatAddress(data) : null;
    case 13: // HINFO
    case 16: // TXT
    case 99: // SPF
      return characterStrings(data);
  }
  const known = TYPES[type];
  return (known !== undefined && textByDnsPacket(known, bytes, start, at, end)) || hex(data);
}

/** The form for types not known (RFC 3597, 5). */
function hex(data: Uint8Array): string {
  return `\\# ${data.length} ${Buffer.from(data).toString('hex')}`;
}

function characterStrings(data: Uint8Array): string | null {
  const strings: string[] = [];
  for (let at = 0; at < data.length; at += 1 + data[at]!) {
    const end = at + 1 + data[at]!;
    if (end > data.length) return null;
    strings.push(quotedText(data.subarray(at + 1, end)));
  }
  return strings.join(' ');
}
