import { html as escaped } from '../escape.js';
import type { Command } from '../diagnosis/document.js';

/** Commands to paste; the page's script puts a button to copy beside each. */
export function commandsHtml(commands: readonly Command[]): string {
  const lines = commands.map(
    ({ command, about }) =>
      `<li><code class="copy">${escaped(command)}</code>${about === null ? '' : ` <span class="about">${escaped(about)}</span>`}</li>`,
  );
  return `<ul class="commands">${lines.join('')}</ul>\n`;
}
