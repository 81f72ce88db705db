import { createCipheriv, createHmac } from 'node:crypto';

/** RFC 4648's base 32 in lower case: 5 bits a character, all of them letters and digits of a host name. */
const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';
const REMEMBERED = 1 << 16;

/**
 * What a secret key makes of a text: words that the same key always makes again, and that nobody can undo, or
 * find by trying names, who does not have it (HMAC-SHA-256).
 */
export class PseudonymMaker {
  private readonly known = new Map<string, string>();

  constructor(private readonly key: Uint8Array) {}

  /** `length` letters and digits for a text of one kind, a letter first; at most 51. */
  word(kind: string, text: string, length: number): string {
    const place = `${kind}\0${text}`;
    let made = this.known.get(place);
    if (made === undefined) {
      made = base32(createHmac('sha256', this.key).update(place).digest());
      if (this.known.size === REMEMBERED) this.known.clear();
      this.known.set(place, made);
    }
    return made.slice(0, length);
  }

  /** 64 hex digits. */
  digest(text: string): string {
    return createHmac('sha256', this.key).update(`digest\0${text}`).digest('hex');
  }

  /** A keyed function of blocks of 16 bytes, for work by the bit (AES-128). */
  blocks(kind: string): (blocks: Uint8Array) => Uint8Array {
    const key = createHmac('sha256', this.key).update(`blocks\0${kind}`).digest().subarray(0, 16);
    const cipher = createCipheriv('aes-128-ecb', key, null).setAutoPadding(false);
    return (blocks) => cipher.update(blocks);
  }
}

function base32(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xfff;
    for (bits += 8; bits >= 5; bits -= 5) text += BASE32[(held >> (bits - 5)) & 31]!;
  }
  // A name that is all digits could be taken for a part of an address
  return BASE32[bytes[0]! & 15]! + text.slice(1);
}
