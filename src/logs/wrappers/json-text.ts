const QUOTE = 34;
const BACKSLASH = 92;

/** What the letter after a backslash stands for (RFC 8259, 7). */
const SIMPLE: Readonly<Record<number, number>> = {
  34: 34,
  92: 92,
  47: 47,
  98: 8,
  102: 12,
  110: 10,
  114: 13,
  116: 9,
};

/** Unescapes JSON strings from bytes to bytes. */
export class JsonText {
  /** The last string read is `bytes[0..length)`, in UTF-8. */
  bytes = new Uint8Array(4096);
  length = 0;

  toString(): string {
    return Buffer.from(this.bytes.buffer, 0, this.length).toString('utf8');
  }

  /** Reads the string whose first character is at `at`; the index after its closing quote, or -1. */
  read(from: Uint8Array, at: number, end: number): number {
    if (this.bytes.length < end - at) this.bytes = new Uint8Array(2 * (end - at));
    const out = this.bytes;
    let length = 0;
    for (; at < end; at++) {
      const byte = from[at]!;
      if (byte === QUOTE) {
        this.length = length;
        return at + 1;
      }
      if (byte !== BACKSLASH) {
        out[length++] = byte;
        continue;
      }
      const simple = SIMPLE[from[++at]!];
      if (simple !== undefined) out[length++] = simple;
      else if (from[at] === 117 && at + 4 < end) {
        const unit = String.fromCharCode(...from.subarray(at + 1, at + 5));
        let character = /^[0-9a-f]{4}$/i.test(unit) ? String.fromCharCode(parseInt(unit, 16)) : '\ufffd';
        at += 4;
        const low = String.fromCharCode(...from.subarray(at + 1, at + 7));
        if (/^[\ud800-\udbff]$/.test(character) && /^\\ud[c-f][0-9a-f]{2}$/i.test(low)) {
          character += String.fromCharCode(parseInt(low.slice(2), 16));
          at += 6;
        }
        length += Buffer.from(character, 'utf8').copy(out, length);
      } else return -1;
    }
    return -1;
  }
}
