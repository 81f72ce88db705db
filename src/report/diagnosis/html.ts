import { html as escaped } from '../escape.js';
import type { Output } from '../format.js';
import { htmlEnd, htmlStart } from '../html.js';
import type { Verdict } from './diagnosis.js';
import type { Block, Command } from './document.js';

/** How a page writes the blocks that its own headings depend on. */
export interface Headings {
  heading: (text: string) => string;
  verdict: (verdict: Verdict, text: string) => string;
}

const HEADINGS: Headings = {
  heading: (text) => `<h2>${escaped(text)}</h2>`,
  verdict: (verdict, text) => `<h2>${verdict.toUpperCase()}: ${escaped(text)}</h2>`,
};

/** Writes a diagnosis as a page of its own. */
export async function writeHtml(blocks: readonly Block[], output: Output): Promise<void> {
  await output.write(`${htmlStart()}${blocksHtml(blocks, HEADINGS)}\n${htmlEnd()}`);
}

/** The blocks as HTML, to be put into a page. */
export function blocksHtml(blocks: readonly Block[], headings: Headings): string {
  return blocks.map((block) => element(block, headings)).join('\n');
}

function element(block: Block, headings: Headings): string {
  switch (block.kind) {
    case 'lead':
      return `<p><strong>${block.lines.map(escaped).join(' ')}</strong></p>`;
    case 'heading':
      return headings.heading(block.text);
    case 'verdict':
      return headings.verdict(block.verdict, block.text);
    case 'sentence':
      return `<p>${escaped(block.text)}</p>`;
    case 'note':
      return block.lines.map((line) => `<p>${escaped(line)}</p>`).join('\n');
    case 'findings':
      return list(block.items);
    case 'facts':
      return terms(block.facts.map(({ label, lines }) => [label, ...lines]));
    case 'terms':
      return terms(block.terms);
    case 'commands':
      return `<pre class="wide">${block.commands.map(commandLine).join('\n')}</pre>`;
  }
}

function list(items: readonly string[]): string {
  return items.length === 0 ? '' : `<ul>${items.map((item) => `<li>${escaped(item)}</li>`).join('')}</ul>`;
}

function terms(rows: readonly (readonly string[])[]): string {
  const entries = rows.map(
    ([term = '', ...texts]) =>
      `<dt>${escaped(term)}</dt>${texts.map((text) => `<dd>${escaped(text)}</dd>`).join('')}`,
  );
  return `<dl>${entries.join('')}</dl>`;
}

function commandLine({ command, about }: Command): string {
  return escaped(command) + (about === null ? '' : `  # ${escaped(about)}`);
}
