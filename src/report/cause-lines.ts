import { createColors } from 'picocolors';
import { verdictWords } from '../causes/cause.js';
import type { CauseStory } from '../explain/cause-story.js';
import { counted, grouped } from '../base/counted.js';
import { printable } from './escape.js';
import type { Layout } from './format.js';
import { padEnd, widthOf, wrap } from './text-layout.js';

/** Lines of prose are no longer than this, however wide the terminal. */
const PROSE = 100;

/** What the strengths of signs mean, as the words before their number's thing. */
const STRENGTHS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  shown: ['attempt shows it', 'attempts show it'],
  fits: ['attempt fits it', 'attempts fit it'],
  example: ['example of it outside of slow lookups', 'examples of it outside of slow lookups'],
};

/** Why a cause has its verdict: its signs, its numbers and limits, the rule that fired and those before it. */
export function* causeLines(story: CauseStory, layout: Layout): Generator<string> {
  const colors = createColors(layout.color);
  const width = Math.min(layout.width, PROSE);
  const verdict = verdictWords(story.verdict).toUpperCase();
  yield* wrap(printable(`${verdict}  ${story.cause}: ${story.title}`), width).map((line) =>
    colors.bold(line),
  );
  yield* indented(`${story.summary}.`);
  for (const finding of story.findings) yield* indented(`${finding}.`);
  if (story.root !== null) yield* indented(`It is a consequence of ${story.root} on this evidence.`);
  yield* section('Signs', signLines(story));
  yield* section('Such as', story.examples);
  yield* section(
    'Numbers',
    table(Object.entries(story.numbers).map(([name, value]) => [name, figure(value)])),
  );
  yield* section(
    'Limits',
    story.limits.flatMap(({ name, value, unit, description, source }) => [
      `$${name} = ${value} ${unit}`,
      `  ${description} (${source})`,
    ]),
  );
  yield* section(
    'Rules, down to the first that holds',
    story.rules.flatMap(({ rule, condition, verdict: gives, fired }) => [
      `${fired ? 'holds' : 'no'}: ${rule} (${verdictWords(gives)})`,
      `  ${condition === 'true' ? 'otherwise' : condition}`,
    ]),
  );

  function* indented(text: string): Generator<string> {
    for (const line of wrap(printable(text), width - 2)) yield `  ${line}`;
  }

  function* section(heading: string, lines: readonly string[]): Generator<string> {
    if (lines.length === 0) return;
    yield '';
    yield colors.bold(heading);
    for (const line of lines) {
      // what fits keeps its columns
      if (widthOf(line) <= width - 2) {
        yield `  ${printable(line)}`;
        continue;
      }
      const start = line.length - line.trimStart().length + 2;
      yield* wrap(printable(line.trimStart()), width - start - 2).map(
        (part, i) => ' '.repeat(i === 0 ? start : start + 2) + part,
      );
    }
  }
}

function signLines({ signs, reasons, lookups, lookup_seconds }: CauseStory): string[] {
  return [
    ...signs.map(({ strength, signs: count }) =>
      counted(count, ...(STRENGTHS[strength] ?? (['sign', 'signs'] as const))),
    ),
    ...reasons.map(({ reason, signs: count }) => `${grouped(count)} because ${reason}`),
    `${counted(lookups, 'slow or failed lookup is', 'slow or failed lookups are')} blamed on it, ${grouped(lookup_seconds, 1)} s in all`,
  ];
}

function figure(value: CauseStory['numbers'][string]): string {
  if (value === null) return 'not known';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join('; ');
  if (typeof value === 'number') return grouped(value, Number.isInteger(value) ? 0 : 3);
  return String(value as string);
}

function table(rows: readonly (readonly [name: string, value: string])[]): string[] {
  const column = Math.max(0, ...rows.map(([name]) => widthOf(name))) + 2;
  return rows.map(([name, value]) => padEnd(name, column) + value);
}
