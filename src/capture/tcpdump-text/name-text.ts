/**
 * A name as tcpdump prints it (print-domain.c: labels with a dot behind each, nothing escaped) in the
 * presentation form of `names`: lower case, no trailing dot, `\` and what is not visible ASCII escaped.
 */
export function presentationName(printed: string): string {
  const text = printed.endsWith('.') ? printed.slice(0, -1) : printed;
  if (text === '') return '.';
  const lower = text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
  if (/^[!-[\]-~]*$/.test(lower)) return lower;
  let escaped = '';
  for (const byte of Buffer.from(lower)) {
    if (byte === 92) escaped += '\\\\';
    else if (byte > 32 && byte < 127) escaped += String.fromCharCode(byte);
    else escaped += `\\${String(byte).padStart(3, '0')}`;
  }
  return escaped;
}
