import { escapedText, PLAIN_NAME } from '../../base/label-text.js';

/**
 * A name as tcpdump prints it (print-domain.c: labels with a dot behind each, nothing escaped) in the
 * presentation form of `names`: lower case, no trailing dot, `\` and what is not visible ASCII escaped.
 */
export function presentationName(printed: string): string {
  const text = printed.endsWith('.') ? printed.slice(0, -1) : printed;
  if (text === '') return '.';
  // most names need no more than lower case
  return /^[!-[\]-~]*$/.test(text)
    ? text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
    : escapedText(Buffer.from(text), PLAIN_NAME);
}
