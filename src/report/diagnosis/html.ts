import { html as escaped } from '../escape.js';
import type { Output } from '../format.js';
import { htmlEnd, htmlStart } from '../html.js';
import type { Block, Command } from './document.js';

/** Writes a diagnosis as a page of its own. */
export async function writeHtml(blocks: readonly Block[], output: Output): Promise<void> {
  await output.write(`${htmlStart()}${blocks.map(element).join('\n')}\n${htmlEnd()}`);
}

function element(block: Block): string {
  switch (block.kind) {
    case 'lead':
      return `<p><strong>${block.lines.map(escaped).join(' ')}</strong></p>`;
    case 'heading':
      return `<h2>${escaped(block.text)}</h2>`;
    case 'verdict':
      return `<h2>${block.verdict.toUpperCase()}: ${escaped(block.text)}</h2>`;
    case 'sentence':
    case 'note':
      return `<p>${escaped(block.text)}</p>`;
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
