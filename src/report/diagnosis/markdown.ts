import { markdown as escaped, printable } from '../escape.js';
import type { Output } from '../format.js';
import type { Block, Command } from './document.js';

/** Writes a diagnosis for a ticket, in GitHub's Markdown. */
export async function writeMarkdown(blocks: readonly Block[], output: Output): Promise<void> {
  await output.write(`${blocks.flatMap(paragraphs).join('\n\n')}\n`);
}

function paragraphs(block: Block): string[] {
  switch (block.kind) {
    case 'lead':
      return [`**${block.lines.map(escaped).join(' ')}**`];
    case 'heading':
      return [`## ${escaped(block.text)}`];
    case 'verdict':
      return [`## ${block.verdict.toUpperCase()}: ${escaped(block.text)}`];
    case 'sentence':
      return [escaped(block.text)];
    case 'note':
      return block.lines.map(escaped);
    case 'findings':
      return block.items.length > 0 ? [list(block.items.map(escaped))] : [];
    case 'facts':
      return block.facts.map(({ label, lines }) =>
        lines.length === 1
          ? `**${escaped(label)}:** ${escaped(lines[0]!)}`
          : `**${escaped(label)}:**\n\n${list(lines.map(escaped))}`,
      );
    case 'terms':
      return [list(block.terms.map(([term, text]) => `**${escaped(term)}**: ${escaped(text)}`))];
    case 'commands':
      return [block.commands.map(commandLine).join('\n')];
  }
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

/** Indented code, which no text can end. */
function commandLine({ command, about }: Command): string {
  return `    ${printable(command)}${about === null ? '' : `  # ${printable(about)}`}`;
}
