import { lines, type Markup, markup } from '../markup.js';
import type { Output } from '../format.js';
import { htmlEnd, htmlStart } from '../html.js';
import type { Verdict } from './diagnosis.js';
import type { Block, Command } from './document.js';

/** How a page writes the blocks that its own headings depend on. */
export interface Headings {
  heading: (text: string) => Markup;
  verdict: (verdict: Verdict, text: string) => Markup;
}

const HEADINGS: Headings = {
  heading: (text) => markup`<h2>${text}</h2>`,
  verdict: (verdict, text) => markup`<h2>${verdict.toUpperCase()}: ${text}</h2>`,
};

/** Writes a diagnosis as a page of its own. */
export async function writeHtml(blocks: readonly Block[], output: Output): Promise<void> {
  await output.write(markup`${htmlStart()}${blocksHtml(blocks, HEADINGS)}\n${htmlEnd()}`.text);
}

/** The blocks as HTML, to be put into a page. */
export function blocksHtml(blocks: readonly Block[], headings: Headings): Markup {
  return lines(blocks.map((block) => element(block, headings)));
}

function element(block: Block, headings: Headings): Markup | null {
  switch (block.kind) {
    case 'lead':
      return markup`<p><strong>${block.lines.join(' ')}</strong></p>`;
    case 'heading':
      return headings.heading(block.text);
    case 'verdict':
      return headings.verdict(block.verdict, block.text);
    case 'sentence':
      return markup`<p>${block.text}</p>`;
    case 'note':
      return lines(block.lines.map((line) => markup`<p>${line}</p>`));
    case 'findings':
      return list(block.items);
    case 'facts':
      return terms(block.facts.map(({ label, lines }) => [label, ...lines]));
    case 'terms':
      return terms(block.terms);
    case 'commands':
      return markup`<pre class="wide">${lines(block.commands.map(commandLine))}</pre>`;
  }
}

function list(items: readonly string[]): Markup | null {
  return items.length === 0 ? null : markup`<ul>${items.map((item) => markup`<li>${item}</li>`)}</ul>`;
}

function terms(rows: readonly (readonly string[])[]): Markup {
  const entries = rows.map(
    ([term = '', ...texts]) => markup`<dt>${term}</dt>${texts.map((text) => markup`<dd>${text}</dd>`)}`,
  );
  return markup`<dl>${entries}</dl>`;
}

function commandLine({ command, about }: Command): string {
  return about === null ? command : `${command}  # ${about}`;
}
