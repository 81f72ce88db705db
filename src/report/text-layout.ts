import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const ASCII = /^[\x20-\x7e]*$/;

/** Columns that a text takes on a terminal. */
export function widthOf(text: string): number {
  return ASCII.test(text) ? text.length : unicode().stringWidth(text);
}

/** What text beyond ASCII needs, loaded when there is some: most reports have none. */
const unicode = once(() => ({
  stringWidth: (require('string-width') as typeof import('string-width')).default,
  graphemes: new Intl.Segmenter('en', { granularity: 'grapheme' }),
}));

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

export function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - widthOf(text))) + text;
}

/** As many characters from the start as fit into `width` columns. */
function fitting(characters: readonly string[], width: number): string[] {
  let used = 0;
  const end = characters.findIndex((character) => (used += widthOf(character)) > width);
  return end === -1 ? [...characters] : characters.slice(0, end);
}

function charactersOf(text: string): string[] {
  return ASCII.test(text)
    ? [...text]
    : Array.from(unicode().graphemes.segment(text), ({ segment }) => segment);
}

/** A text of at most `width` columns, its middle left out: both ends of a domain name say something. */
export function shorten(text: string, width: number, ellipsis = '…'): string {
  if (widthOf(text) <= width) return text;
  const room = width - widthOf(ellipsis);
  if (room < 2) return fitting(charactersOf(text), width).join('');
  const all = charactersOf(text);
  const start = fitting(all, Math.ceil(room / 2));
  const end = fitting(all.toReversed(), Math.floor(room / 2)).reverse();
  return start.join('') + ellipsis + end.join('');
}

/** After these a long name or path is broken rather than elsewhere. */
const JOINTS = /^(.*[./\-_,:=])[^./\-_,:=]+$/;

/** A unit, which stays beside its number. */
const UNIT = /^(?:s|ms|%)(?!\w)/;

function wordsOf(text: string): string[] {
  const words: string[] = [];
  for (const word of text.split(/\s+/)) {
    if (UNIT.test(word) && /\d$/.test(words.at(-1) ?? '')) words.push(`${words.pop()!} ${word}`);
    else if (word !== '') words.push(word);
  }
  return words;
}

/** Breaks a text between words into lines of at most `width` columns; a longer word after a joint, if it has any. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of wordsOf(text)) {
    if (line !== '' && widthOf(line) + 1 + widthOf(word) <= width) {
      line += ` ${word}`;
      continue;
    }
    if (line !== '') lines.push(line);
    line = word;
    while (widthOf(line) > width) {
      const fits = fitting(charactersOf(line), width).join('');
      if (fits === '') break;
      const head = JOINTS.exec(fits)?.[1] ?? fits;
      lines.push(head);
      line = line.slice(head.length);
    }
  }
  if (line !== '' || lines.length === 0) lines.push(line);
  return lines;
}

/** A text without line breaks and other runs of blanks. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
