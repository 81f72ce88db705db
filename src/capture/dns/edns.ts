import type { Sink } from '../../raw/sink.js';
import { formatAddress } from '../../base/address.js';
import { u16 } from '../packet/bytes.js';

const CLIENT_SUBNET = 8;
const COOKIE = 10;
const EXTENDED_ERROR = 15;

/** EDNS options of one message that have a column (RFC 6891, 6.1.2). One object, reused. */
export class EdnsOptions {
  /** Length of the cookie option, 0 without. */
  cookieBytes = 0;
  /** Extended error's code (RFC 8914), -1 without. */
  extendedError = -1;
  /** Client subnet in texts (RFC 7871), -1 without. */
  subnetId = -1;

  constructor(private readonly sink: Sink) {}

  clear(): void {
    this.cookieBytes = 0;
    this.extendedError = -1;
    this.subnetId = -1;
  }

  /** Reads the options at `bytes[at..end)`; false if they do not end where the record ends. */
  read(bytes: Uint8Array, at: number, end: number): boolean {
    this.clear();
    while (at + 4 <= end) {
      const code = u16(bytes, at);
      const from = at + 4;
      at = from + u16(bytes, at + 2);
      if (at > end) return false;
      if (code === COOKIE) this.cookieBytes = Math.min(at - from, 255);
      else if (code === EXTENDED_ERROR && at - from >= 2 && this.extendedError < 0) {
        this.extendedError = u16(bytes, from);
      } else if (code === CLIENT_SUBNET) this.subnet(bytes, from, at);
    }
    return at === end;
  }

  private subnet(bytes: Uint8Array, at: number, end: number): void {
    const length = at + 4 <= end ? addressLength(u16(bytes, at)) : 0;
    const given = end - at - 4;
    if (length === 0 || given > length || bytes[at + 2]! > 8 * length) return;
    const address = new Uint8Array(length);
    address.set(bytes.subarray(at + 4, end));
    this.subnetId = this.sink.texts.idOfText(`${formatAddress(address)}/${bytes[at + 2]!}`);
  }
}

/** Octets of an address of this family (IANA's address family numbers); 0 for others. */
function addressLength(family: number): number {
  if (family === 1) return 4;
  return family === 2 ? 16 : 0;
}
