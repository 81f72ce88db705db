import { counterValue } from './counter-fields.js';

/** How full the table is, or how full it may be. */
export type TableFigure = 'entries' | 'max_entries';

/** A longer line is none of sysctl's. */
const LONGEST = 300;
const SETTING = /(?:^|[\s./])(?:nf|ip)_conntrack_(count|max)(?:\s*[=:]\s*|\s+)(\d{1,16})\s*$/;
const MENTION = /(?:nf|ip)_conntrack_(count|max)\b/;

/** Reads a line of sysctl (`net.netfilter.nf_conntrack_count = 3`, with a colon, or grep's `path:3`), or null. */
export function readTableSize(line: string): { prefix: string; figure: TableFigure; value: number } | null {
  const found = line.length > LONGEST ? null : SETTING.exec(line);
  const value = found && counterValue(found[2]!, 10);
  if (!found || value === null) return null;
  const name = /(?<!\S)\S*$/.exec(line.slice(0, found.index))![0];
  return { prefix: line.slice(0, found.index - name.length), figure: figureOf(found[1]!), value };
}

/** The figure that a command or a file's name speaks of, for bare numbers that follow it. */
export function figureNamed(text: string): TableFigure | null {
  const found = MENTION.exec(text);
  if (found) return figureOf(found[1]!);
  return /\bconntrack(?:\s+(?:-C|--count)\b|[-_.]?count)/.test(text) ? 'entries' : null;
}

function figureOf(word: string): TableFigure {
  return word === 'max' ? 'max_entries' : 'entries';
}
