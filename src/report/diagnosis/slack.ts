import { slack as escaped, slackCode } from '../escape.js';
import type { Output } from '../format.js';
import { apart, type Block } from './document.js';

/** Writes a diagnosis for a chat, in Slack's mrkdwn. */
export async function writeSlack(blocks: readonly Block[], output: Output): Promise<void> {
  await output.write(apart(blocks, linesOf));
}

function linesOf(block: Block): string[] {
  switch (block.kind) {
    case 'lead':
      return [block.lines.map(escaped).join(' ')];
    case 'heading':
      return [`*${escaped(block.text)}*`];
    case 'verdict':
      return [`*${block.verdict.toUpperCase()}* ${escaped(block.text)}`];
    case 'sentence':
      return [escaped(block.text)];
    case 'note':
      return block.lines.map(escaped);
    case 'findings':
      return block.items.map((item) => `• ${escaped(item)}`);
    case 'facts':
      return block.facts.map(({ label, lines }) => `• *${escaped(label)}*: ${lines.map(escaped).join('; ')}`);
    case 'terms':
      return block.terms.map(([term, text]) => `• *${escaped(term)}*: ${escaped(text)}`);
    case 'commands':
      return block.commands.map(
        ({ command, about }) => `${slackCode(command)}${about === null ? '' : ` ${escaped(about)}`}`,
      );
  }
}
