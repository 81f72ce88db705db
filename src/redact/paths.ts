import type { PseudonymMaker } from './pseudonym.js';

/** Endings that say what kind of file it is. */
const ENDINGS =
  /(?:\.(?:pcap(?:ng)?\d{0,3}|cap|dmp|log|txt|json|ya?ml|conf|csv|out|gz|zst|xz|lz4|\d{1,3}))+$/i;

/** Replaces a path by one word with the file's endings; `-` (standard input) stays. */
export function redactPath(path: string, maker: PseudonymMaker): string {
  if (path === '-') return path;
  return maker.word('path', path, 10) + (ENDINGS.exec(path)?.[0].toLowerCase() ?? '');
}
