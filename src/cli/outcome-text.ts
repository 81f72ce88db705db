import type { Outcome, ReadOutcome } from '../ingest/index.js';
import { counted, grouped } from '../base/counted.js';
import { printable } from '../report/escape.js';

/** Kinds of problems that a summary shows; the table `problems` has all. */
const SHOWN_PROBLEMS = 3;

/** Tables that say how reading went rather than what was in the input. */
const ASIDE = new Set(['frames', 'problems', 'sources']);

/** What became of an input, in a line; problems follow it, indented. */
export function outcomeText(outcome: Outcome): string {
  return outcome.status === 'read' ? readText(outcome) : printable(outcome.sentence);
}

function readText(outcome: ReadOutcome): string {
  const { path, title, label, rowsByTable, whyIncomplete } = outcome;
  const counts = Object.entries(rowsByTable)
    .filter(([table, rows]) => rows > 0 && !ASIDE.has(table))
    .map(([table, rows]) => counted(rows, ...wordsFor(table)));
  const parts = [
    `${title}${label === null ? '' : ` of ${label}`}${replacedText(outcome)}`,
    counts.length > 0 ? counts.join(', ') : 'no rows',
    ...(whyIncomplete === null ? [] : [`not complete: ${whyIncomplete}`]),
  ];
  return [printable(`${path}: ${parts.join('; ')}`), ...problemLines(outcome)].join('\n');
}

/** What a table's rows are called: one, and several. */
function wordsFor(table: string): [one: string, several: string] {
  const several = table.replaceAll('_', ' ');
  return [several.replace(/ies$/, 'y').replace(/s$/, ''), several];
}

/** Which earlier readings it took the place of: all of its own bytes, or those of its beginning. */
function replacedText({ sourceId, path, replaced }: ReadOutcome): string {
  const [again, ...others] = replaced.map((source) => {
    if (source.sourceId === sourceId) return 'read again';
    return `in place of ${source.path === path ? 'its beginning' : source.path} (source ${source.sourceId})`;
  });
  return again === undefined ? '' : `, ${[again, ...others].join(', ')}`;
}

function problemLines({ problems }: ReadOutcome): string[] {
  const worst = [...problems].sort((a, b) => b.count - a.count);
  const lines = worst.slice(0, SHOWN_PROBLEMS).map(({ detail, example, position, count }) => {
    const place = `${count === 1 ? '' : `${grouped(count)} times, first `}at ${position}`;
    return printable(`  ${place}: ${detail}${example === null ? '' : ` For example: ${example}`}`);
  });
  const more = problems.length - lines.length;
  return more > 0 ? [...lines, `  and ${more} more kinds of problems; see the table problems`] : lines;
}
