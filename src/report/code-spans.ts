import { isIP } from 'node:net';

/** Punctuation of a sentence that stands before a word, and behind it. */
const BEFORE = '("';
const AFTER = ')".,;:!?';

/** Words of prose: letters, digits and what sentences have between them; nothing that a chat or tracker reads as markup. */
const PROSE = /^(?:[\p{L}\p{N}'’…•–—·%+=-]|[.,:;()"?!/](?!\/))*$/u;

/** What is no word though it has a word's characters: names with dots, addresses, paths of two names in lower case. */
const NAME = /^(?:[\w-]+(?:\.[\w-]+)+|[a-z0-9-]+\/[a-z0-9-]{2,})$/;
// counts, measures with a short unit, times and dates
const NUMBER = /^(?:\d[\d,]*(?:\.\d+)?[a-zA-Z%]{0,2}|\d+(?:[:/-]\d+)+(?:\.\d+)?Z?)$/;

/**
 * A printable sentence with whatever is no plain word in it as a span of code: names, addresses, settings. What readers show of it
 * is then the text itself, in every dialect, without an escape or an entity.
 */
export function withCodeSpans(text: string, span: (code: string) => string): string {
  return text
    .split(/( +)/)
    .map((token) => {
      let [start, end] = [0, token.length];
      while (start < end && BEFORE.includes(token[start]!)) start++;
      while (end > start && AFTER.includes(token[end - 1]!)) end--;
      const word = token.slice(start, end);
      if (word.trim() === '' || !isCode(word)) return token;
      return token.slice(0, start) + span(word) + token.slice(end);
    })
    .join('');
}

function isCode(word: string): boolean {
  if (!PROSE.test(word)) return true;
  return (NAME.test(word) || isIP(word) !== 0) && !NUMBER.test(word);
}
