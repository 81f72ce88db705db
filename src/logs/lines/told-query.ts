/** The words that stand before a query's parts in custom formats. */
const WORDS = ['client', 'port', 'id', 'type', 'class', 'name', 'proto', 'rcode'] as const;
/** A value that the reader of custom formats takes whole: no blank or quote but an escaped one. */
const WHOLE = /^(?:\\.|[^\s"\\])+$/;

/** What a record of a log says of a query and its answer, each in a member of its own; of any type, as others wrote it. */
export type ToldQuery = Partial<Readonly<Record<(typeof WORDS)[number], unknown>>> & {
  /** How long the answer took. */
  readonly seconds?: unknown;
};

/** The line that says the same in a custom format (custom-format.ts); what is told in no form that has a meaning is left out. */
export function lineOf(told: ToldQuery): string {
  const shown = WORDS.flatMap((word) => {
    const value = told[word];
    const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '-';
    return text === '-' || !WHOLE.test(text) ? [] : [`${word}=${valueOf(word, text)}`];
  });
  const { seconds } = told;
  if (typeof seconds === 'number' && seconds >= 0) shown.push(`duration=${seconds.toFixed(9)}s`);
  return shown.join(' ');
}

function valueOf(word: (typeof WORDS)[number], text: string): string {
  if (word === 'client' && text.includes(':')) return `[${text}]`;
  if (word === 'proto') return text.toLowerCase();
  // a name of one label could be taken for flags, such as `ra`
  return word === 'name' && !text.endsWith('.') ? `${text}.` : text;
}
