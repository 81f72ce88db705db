/** Blanks that are looked over between a bracket and what follows it. */
const MAX_BLANKS = 4096;

const OBJECT = 123;
const AFTER_OBJECT = new Set(Buffer.from('"}'));
const AFTER_LIST = new Set(Buffer.from('{"[]'));

function isBlank(byte: number): boolean {
  return byte === 32 || byte === 9 || byte === 13 || byte === 10;
}

/**
 * Whether the `{` or `[` at `at` begins a JSON document, by the byte that follows it: `[INFO]`, `[root@node]#`
 * and `{ errors }` begin none. Null if the bytes end before that byte.
 */
export function startsDocument(bytes: Uint8Array, at: number): boolean | null {
  for (let i = at + 1; i < bytes.length; i++) {
    if (i - at > MAX_BLANKS) return false;
    if (!isBlank(bytes[i]!)) return (bytes[at] === OBJECT ? AFTER_OBJECT : AFTER_LIST).has(bytes[i]!);
  }
  return null;
}

/** Whether the line that begins at `at` can be no part of a JSON document: a prompt, a date in words, a comment. */
export function isForeignLine(bytes: Buffer, at: number): boolean {
  const byte = bytes[at]!;
  const isLetter = (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122);
  // The line may go on in the next chunk: then it is left to the parser.
  if (isLetter)
    return at + 6 <= bytes.length && !/^(?:true|false|null)\b/.test(bytes.toString('latin1', at, at + 6));
  return byte === 35 || byte === 36 || byte === 37 || byte === 40 || byte === 62;
}
