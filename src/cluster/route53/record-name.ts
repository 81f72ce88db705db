import { PLAIN, writeEscape } from '../../base/label-text.js';

/** Octets of a name in its longest text: 255, four characters each. */
const MAX_TEXT = 1020;

/**
 * A name as Route 53 prints it (other octets than letters, digits, `-`, `_` and `.` as three octal digits after
 * a backslash, so `\052` is `*`) in the store's form. Null for what is no name.
 */
export function recordName(text: string): string | null {
  if (text === '' || text.length > MAX_TEXT || /\s/.test(text)) return null;
  const bare = text === '.' ? '' : text.replace(/\.$/, '');
  if (bare === '') return '.';
  const bytes = Buffer.from(bare, 'utf8');
  const out = new Uint8Array(bytes.length * 4);
  let length = 0;
  for (let i = 0; i < bytes.length; i++) {
    let byte = bytes[i]!;
    if (byte === 46) {
      out[length++] = byte;
      continue;
    }
    const octal =
      byte === 92 ? /^[0-3][0-7]{2}/.exec(bytes.toString('latin1', i + 1, i + 4))?.[0] : undefined;
    if (octal !== undefined) {
      byte = parseInt(octal, 8);
      i += 3;
    } else if (byte === 92 && i + 1 < bytes.length) byte = bytes[++i]!;
    if (PLAIN[byte] !== 0) out[length++] = PLAIN[byte]!;
    else length = writeEscape(out, length, byte);
  }
  return Buffer.from(out.subarray(0, length)).toString('latin1');
}
