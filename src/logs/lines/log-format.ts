import { readCommonLogTime } from '../timestamps.js';
import { type Field, setField, setFlags } from './query-field.js';
import type { QueryLine } from './query-line.js';

/** A format of CoreDNS's log plugin, taken apart: what stands between its placeholders, and what they stand for. */
export interface LogFormat {
  /** As it was given. */
  readonly text: string;
  readonly parts: readonly Part[];
}

interface Part {
  /** What stands before the placeholder, or at the end. */
  readonly before: string;
  readonly placeholder: Placeholder | null;
}

interface Placeholder {
  readonly field: Field | 'flags' | 'when' | null;
  /** The longest run of characters that its value can have; sticky. */
  readonly run: RegExp;
}

const NUMBER = /\d{1,9}|-/y;
const WORD = /[A-Z0-9*_-]{1,20}/y;
const ADDRESS = /\[[^\]\s]{2,64}\]|[^\s"[\]]{1,64}/y;
const LABEL = /[^\s"]{1,256}/y;

/** The placeholders of plugin/log (README.md and plugin/pkg/replacer), `{when}` to 1.2.5; of the server's own address nothing is kept. */
const PLACEHOLDERS: Readonly<Record<string, Placeholder>> = {
  '{type}': { field: 'type', run: WORD },
  '{class}': { field: 'class', run: WORD },
  '{name}': { field: 'name', run: /(?:\\.|[^\s"\\])+/y },
  '{proto}': { field: 'protocol', run: /udp|tcp|-/y },
  '{remote}': { field: 'client', run: ADDRESS },
  '{local}': { field: null, run: ADDRESS },
  '{size}': { field: 'requestBytes', run: NUMBER },
  '{port}': { field: 'port', run: NUMBER },
  '{duration}': { field: 'duration', run: /[\d.]{1,24}(?:[hmsnuµμ][\d.hmsnuµμ]{0,24})?|-/y },
  '{rcode}': { field: 'rcode', run: WORD },
  '{rsize}': { field: 'responseBytes', run: NUMBER },
  '{when}': { field: 'when', run: /\d\d\/\w{3}\/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}/y },
  '{>rflags}': { field: 'flags', run: /[a-z]{1,2}(?:,[a-z]{1,2}){0,7}|-/y },
  '{>bufsize}': { field: 'ednsSize', run: NUMBER },
  '{>do}': { field: 'dnssecOk', run: /true|false|-/y },
  '{>id}': { field: 'txid', run: NUMBER },
  '{>opcode}': { field: 'opcode', run: NUMBER },
};

/** What stands for a whole format (plugin/log/log.go). */
const COMMON =
  '{remote}:{port} - {>id} "{type} {class} {name} {proto} {size} {>do} {>bufsize}" {rcode} {>rflags} {rsize} {duration}';
const SHORTCUTS: Readonly<Record<string, string>> = {
  '{common}': COMMON,
  '{combined}': `${COMMON} "{>opcode}"`,
};

/** A label of the metadata plugin, whose value may be anything. */
const METADATA: Placeholder = { field: null, run: LABEL };
const IN_BRACES = /\{[>/]?[\w./-]{1,64}\}/g;
/** Characters of a format; real ones have some hundred. */
const LONGEST_FORMAT = 1000;
/** Characters of a line; a name has at most 1020. */
const LONGEST_LINE = 4096;

/**
 * Takes a format apart, or says in the second half of a sentence why no line can be read by it. Words in braces that
 * CoreDNS does not know stay as they are, as it writes them.
 */
export function parseLogFormat(given: string): LogFormat | string {
  const text = given.replace(/\{(?:common|combined)\}/g, (word) => SHORTCUTS[word]!);
  if (text.length > LONGEST_FORMAT) return `is longer than ${LONGEST_FORMAT} characters`;
  const parts: Part[] = [];
  let from = 0;
  for (const { 0: word, index } of text.matchAll(IN_BRACES)) {
    const placeholder = placeholderOf(word);
    if (!placeholder) continue;
    const before = text.slice(from, index);
    if (before === '' && parts.length > 0) return `has nothing between ${word} and what stands before it`;
    parts.push({ before, placeholder });
    from = index + word.length;
  }
  parts.push({ before: text.slice(from).trimEnd(), placeholder: null });
  const tells = (field: Field) => parts.some(({ placeholder }) => placeholder?.field === field);
  return tells('name') ? { text: given, parts } : 'has no {name}, without which a line says of no query';
}

/** Words in braces of a format that CoreDNS would write as they are, as it knows no such placeholder. */
export function unknownPlaceholders(format: string): string[] {
  const words = format.match(IN_BRACES) ?? [];
  return words.filter((word) => !Object.hasOwn(SHORTCUTS, word) && !placeholderOf(word));
}

/** The custom format that the arguments of a Corefile's `log` name, or null where they name none (plugin/log/setup.go). */
export function formatOfArguments(words: readonly string[]): string | null {
  const last = words.at(-1) ?? '';
  const isFormat = words.length > 1 && last.includes('{') && !Object.hasOwn(SHORTCUTS, last);
  return isFormat ? last : null;
}

/**
 * Reads a line by a format; false if it is of another. `start` is where `text` begins in the line's bytes. A value ends
 * where it can go no further, or where what follows it in the format comes first: each character is looked at once.
 */
export function readByFormat({ parts }: LogFormat, text: string, start: number, query: QueryLine): boolean {
  if (text.length > LONGEST_LINE) return false;
  query.clear();
  let at = 0;
  for (const [index, { before, placeholder }] of parts.entries()) {
    if (!text.startsWith(before, at)) return false;
    at += before.length;
    if (!placeholder) break;
    const value = valueAt(text, at, placeholder, parts[index + 1]!.before);
    if (value === null) return false;
    if (placeholder.field === 'flags') {
      if (value !== '-') setFlags(query, text, at, value, start);
    } else if (placeholder.field === 'when') setDate(query, value);
    else setField(query, placeholder.field, value);
    at += value.length;
  }
  return text.slice(at).trim() === '' && query.hasName;
}

function valueAt(text: string, at: number, { run }: Placeholder, after: string): string | null {
  run.lastIndex = at;
  const longest = run.exec(text)?.[0];
  if (longest === undefined) return null;
  const end = at + longest.length;
  if (after === '' || text.startsWith(after, end)) return longest;
  const first = text.indexOf(after, at + 1);
  return first > at && first < end ? text.slice(at, first) : null;
}

function setDate(query: QueryLine, value: string): void {
  const bytes = new TextEncoder().encode(value);
  query.hasDate = readCommonLogTime(bytes, 0, bytes.length, query.date) > 0;
}

/** Those after `>` are known in any case of their letters. */
function placeholderOf(word: string): Placeholder | null {
  if (word.startsWith('{/')) return METADATA;
  const key = word.startsWith('{>') ? word.toLowerCase() : word;
  return Object.hasOwn(PLACEHOLDERS, key) ? PLACEHOLDERS[key]! : null;
}
