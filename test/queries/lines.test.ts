import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

/** Characters of a line that a screen and a review have room for. */
const WIDTH = 120;

/** Lines of commands, which a reader copies whole, stand in literal blocks of YAML (`run: |`). */
function* longLines(source: string): Generator<string> {
  let literal: number | null = null;
  for (const [i, line] of source.split('\n').entries()) {
    const yaml = /^-- ( *)(.*)$/.exec(line);
    const indent = yaml?.[1]!.length ?? 0;
    if (literal !== null && (yaml === null || indent <= literal)) literal = null;
    if (line.length > WIDTH && literal === null) yield `line ${i + 1}: ${line.length} characters`;
    if (literal === null && yaml !== null && /[:-] \|[+-]?$/.test(yaml[2]!)) literal = indent;
  }
}

it('SQL has no line of more than 120 characters but commands', () => {
  const files = readdirSync('queries', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.sql'));
  const faults = files.flatMap((file) =>
    [...longLines(readFileSync(join('queries', file), 'utf8'))].map((fault) => `${file}: ${fault}`),
  );
  expect(files.length).toBeGreaterThan(200);
  expect(faults).toEqual([]);
});

it('a long line is found beside a command, and a long command is not', () => {
  const long = 'x'.repeat(WIDTH);
  const source = ['-- run: |', `--   ${long}`, '-- say: short', `-- ${long}`, `select '${long}'`].join('\n');
  expect([...longLines(source)]).toEqual(['line 4: 123 characters', 'line 5: 129 characters']);
});
