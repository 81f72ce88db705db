import { createColors } from 'picocolors';
import { printable } from '../escape.js';
import type { Layout, Output } from '../format.js';
import { padEnd, widthOf, wrap } from '../text-layout.js';
import type { Verdict } from './diagnosis.js';
import { apart, type Block, type Command } from './document.js';

/** Prose is easier to read when its lines are not longer. */
const PROSE = 100;

/** Writes a diagnosis for a terminal. Commands keep their lines, so that they can be pasted. */
export async function writeText(blocks: readonly Block[], output: Output, layout: Layout): Promise<void> {
  await output.write(apart(blocks, (block) => linesOf(block, layout)));
}

function linesOf(block: Block, layout: Layout): string[] {
  const colors = createColors(layout.color);
  const prose = Math.min(layout.width, PROSE);
  switch (block.kind) {
    case 'lead':
      return block.lines.flatMap((line) => wrap(printable(line), prose)).map(colors.bold);
    case 'heading':
      return [colors.bold(printable(block.text))];
    case 'verdict':
      return verdictLines(block.verdict, block.text, layout);
    case 'sentence':
      return indented(wrap(printable(block.text), prose - 2), '  ', '  ');
    case 'note':
      return block.lines.flatMap((line) => indented(wrap(printable(line), prose - 2), '', '  '));
    case 'findings':
      return block.items.flatMap((item) =>
        indented(wrap(printable(item), prose - 4), layout.unicode ? '  • ' : '  - ', '    '),
      );
    case 'facts': {
      const column = Math.max(...block.facts.map(({ label }) => label.length)) + 4;
      return block.facts.flatMap(({ label, lines, isCommand }) =>
        lines.flatMap((line, i) => {
          const start = padEnd(i === 0 ? `  ${label}` : '', column);
          return indented(
            isCommand ? [printable(line)] : wrap(printable(line), layout.width - column),
            colors.dim(start),
            ' '.repeat(column),
          );
        }),
      );
    }
    case 'terms':
      return termLines(block.terms, layout);
    case 'commands':
      return commandLines(block.commands, layout);
  }
}

function verdictLines(verdict: Verdict, text: string, layout: Layout): string[] {
  const colors = createColors(layout.color);
  const paint = verdict === 'confirmed' ? colors.red : verdict === 'likely' ? colors.yellow : colors.cyan;
  const label = verdict.toUpperCase();
  const lines = wrap(printable(text), Math.min(layout.width, PROSE) - label.length - 2);
  return indented(lines.map(colors.bold), `${paint(colors.bold(label))}  `, ' '.repeat(label.length + 2));
}

/** Two columns, the right one wrapped. */
function termLines(terms: readonly [string, string][], layout: Layout): string[] {
  const shown = terms.map(([term, text]) => [printable(term), printable(text)] as const);
  const column = Math.max(...shown.map(([term]) => widthOf(term))) + 4;
  const room = Math.max(20, Math.min(layout.width, PROSE + column) - column);
  return shown.flatMap(([term, text]) =>
    indented(wrap(text, room), padEnd(`  ${term}`, column), ' '.repeat(column)),
  );
}

/** A command a line, what it is about behind it where that fits. */
function commandLines(commands: readonly Command[], layout: Layout): string[] {
  const colors = createColors(layout.color);
  return commands.map(({ command, about }) => {
    const line = `  ${printable(command)}`;
    return about === null ? line : `${line}  ${colors.dim(`# ${printable(about)}`)}`;
  });
}

function indented(lines: readonly string[], first: string, rest: string): string[] {
  return lines.map((line, i) => (i === 0 ? first : rest) + line);
}
