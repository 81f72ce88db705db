import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { EXIT_CODES } from '../../src/cli/exit.js';
import { helpText } from '../../src/cli/help.js';
import { manualPage } from '../../src/cli/man.js';

const ROOT = join(import.meta.dirname, '..', '..');

/** The rows of the table below the heading `Exit codes`. */
function tableOf(file: string): string[][] {
  const [, after = ''] = readFileSync(join(ROOT, file), 'utf8').split('## Exit codes\n\n');
  const lines = after.split('\n\n')[0]!.trim().split('\n').slice(2);
  return lines.map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('`', '')),
  );
}

it.each(['README.md', 'docs/reference/commands.md'])('%s says what each exit code means', (file) => {
  expect(tableOf(file)).toEqual(EXIT_CODES);
});

it('help and the manual page say the same', () => {
  for (const [code, meaning] of EXIT_CODES) {
    expect(helpText(null, 200)).toMatch(
      new RegExp(`^ {2}${code} +${meaning.replace(/[()]/g, '\\$&')}$`, 'm'),
    );
    expect(manualPage()).toContain(`.B ${code}\n${meaning.replaceAll('-', '\\-')}\n`);
  }
});
