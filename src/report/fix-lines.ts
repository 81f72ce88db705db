import type { Fix, WrittenStep } from '../fix/fix.js';
import { isFound, verdictWords } from '../causes/cause.js';
import { printable } from './escape.js';
import type { Layout } from './format.js';
import { wrap } from './text-layout.js';

/** Prose is easier to read when its lines are not longer. */
const PROSE = 100;

/** What follows a fix: the commands that show whether it worked. */
export interface Afterwards {
  fixOf: (cause: string) => string;
  compare: string;
}

/**
 * A fix as lines of a shell: what is no command stands behind `#`, so that a paste does no more than the commands. Words in
 * capitals are to be filled in.
 */
export function fixLines(fix: Fix, layout: Layout, after: Afterwards): string[] {
  const say = (text: string, indent = '') => prose(text, layout, indent);
  const lines = [...say(`${fix.title} (${fix.cause}): ${verdictWords(fix.verdict)}; ${fix.summary}.`)];
  if (fix.verdict === 'no_evidence')
    return [
      ...lines,
      ...say('It cannot be told from this evidence, so there is nothing to apply. Collect:'),
      ...fix.collect.flatMap((command) => say(command, '  ')),
    ];
  if (!isFound(fix.verdict)) return [...lines, ...say('It was not found, so there is nothing to apply.')];
  if (fix.root !== null)
    return [
      ...lines,
      ...say(
        `It is a consequence of ${fix.root}, so there is nothing to apply here: ${after.fixOf(fix.root)}`,
      ),
    ];
  if (fix.verdict === 'possible')
    lines.push(
      ...say('It is only possible. Make it surer before anything is changed:'),
      ...fix.collect.flatMap((command) => say(command, '  ')),
    );
  if (fix.steps.length === 0) {
    for (const left of fix.left_out) lines.push(...say(`Left out: ${left}`));
    lines.push(...say('No change of it can be written out from this evidence. What to do:'));
    return [...lines, ...fix.advice.flatMap((advice) => say(`- ${advice}`, '  '))];
  }
  if (fix.steps.length > 1) lines.push(...say('Each of these is a change of its own. Apply one, and look.'));
  fix.steps.forEach((step, i) => lines.push('', ...stepLines(step, i + 1, say)));
  for (const left of fix.left_out) lines.push('', ...say(`Left out: ${left}`));
  if (fix.blanks.length > 0) {
    lines.push('', ...say('To be filled in:'));
    for (const { word, because } of fix.blanks) lines.push(...say(`${word}: ${because}`, '  '));
  }
  return [
    ...lines,
    '',
    ...say('Afterwards, collect as before and see whether it worked:'),
    'dnslens collect --out after/',
    'dnslens ingest after/ --db after.duckdb',
    printable(after.compare),
  ];
}

function stepLines(
  step: WrittenStep,
  place: number,
  say: (text: string, indent?: string) => string[],
): string[] {
  return [
    ...say(`${place}. ${step.title}`),
    ...(step.brings === null ? [] : say(`In this evidence: ${step.brings}`, '   ')),
    ...say(`Risk: ${step.risk}`, '   '),
    ...step.notes.flatMap((note) => say(`Note: ${note}`, '   ')),
    ...(step.diff.length === 0
      ? []
      : say('The Corefile that was read, without its spacing and comments:', '   ')),
    ...step.diff.map((line) => `# ${printable(line)}`),
    ...step.commands.map(printable),
  ];
}

/** Sentences behind `#`; what follows in another line has a `#` of its own. */
function prose(text: string, layout: Layout, indent: string): string[] {
  return wrap(printable(text), Math.min(layout.width, PROSE) - 2 - indent.length).map(
    (line) => `# ${indent}${line}`,
  );
}
