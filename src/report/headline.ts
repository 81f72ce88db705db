import { createColors } from 'picocolors';
import { SEVERITIES, type Severity } from '../packs/query.js';
import type { Result } from '../packs/result.js';
import { printable } from './escape.js';
import type { Layout, Output } from './format.js';
import { padEnd, wrap } from './text-layout.js';

interface Sentence {
  severity: Severity;
  sentence: string;
  /** Id of the query to look at next, or null. */
  look: string | null;
}

/**
 * A result of kind `headline`: rows of (severity, sentence, look). Its title, its sentences wrapped with
 * their severity before them (none for `info`), then the commands that show more.
 */
export async function writeHeadline(result: Result, output: Output, layout: Layout): Promise<void> {
  const colors = createColors(layout.color);
  const sentences = await readSentences(result);
  const width = Math.min(layout.width, 100);
  const lines = [colors.bold(printable(result.query!.title))];
  for (const { severity, sentence } of sentences) {
    const label = severity === 'info' ? '' : `${severity}: `;
    const [first = '', ...rest] = wrap(label + printable(sentence), width - 2);
    lines.push(`  ${painted(first, label, severity, layout)}`, ...rest.map((line) => `  ${line}`));
  }
  if (sentences.length === 0) lines.push('  The evidence shows nothing to report on this.');
  for (const look of new Set(sentences.flatMap((row) => row.look ?? []))) {
    lines.push(colors.dim(`  ${padEnd('look next:', 11)}${printable(layout.reportCommand(look))}`));
  }
  await output.write(`${lines.join('\n')}\n`);
}

/** Reads the rows by their columns' names. */
async function readSentences(result: Result): Promise<Sentence[]> {
  const at = (name: string) => result.columns.findIndex((column) => column.name === name);
  const [severity, sentence, look] = [at('severity'), at('sentence'), at('look')];
  const sentences: Sentence[] = [];
  for await (const rows of result.rows) {
    for (const row of rows) {
      sentences.push({
        severity: SEVERITIES.find((word) => word === row[severity]) ?? 'info',
        sentence: String(row[sentence] ?? ''),
        look: typeof row[look] === 'string' ? row[look] : null,
      });
    }
  }
  return sentences;
}

/** Colours the severity's word; the word itself stays, so that no meaning is in the colour alone. */
function painted(line: string, label: string, severity: Severity, layout: Layout): string {
  const colors = createColors(layout.color);
  const paint = {
    info: colors.dim,
    low: colors.cyan,
    medium: colors.yellow,
    high: colors.red,
    critical: colors.red,
  };
  return paint[severity](line.slice(0, label.length)) + line.slice(label.length);
}
