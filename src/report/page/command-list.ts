import { type Markup, markup } from '../markup.js';
import type { Command } from '../diagnosis/document.js';

/** Commands to paste; the page's script puts a button to copy beside each. */
export function commandsHtml(commands: readonly Command[]): Markup {
  const lines = commands.map(
    ({ command, about }) =>
      markup`<li><code class="copy">${command}</code>${about === null ? null : markup` <span class="about">${about}</span>`}</li>`,
  );
  return markup`<ul class="commands">${lines}</ul>\n`;
}
