import { describe, expect, it } from 'vitest';
import type { Block } from '../../../src/report/diagnosis/document.js';
import { FORMATS } from '../../../src/report/index.js';
import type { Layout } from '../../../src/report/format.js';

const LAYOUT: Layout = {
  width: 60,
  unicode: true,
  color: false,
  reportCommand: String,
  explainCommand: null,
};

const HOSTILE = '\u001b[31m<script>*_`|x\u202e';

const BLOCKS: Block[] = [
  { kind: 'lead', lines: ['9 of 10 lookups failed.'] },
  { kind: 'verdict', verdict: 'likely', text: `A cause ${HOSTILE}` },
  { kind: 'sentence', text: `A long sentence ${'with words '.repeat(10)}` },
  { kind: 'findings', items: ['one number'] },
  { kind: 'facts', facts: [{ label: 'such as', lines: [`${HOSTILE} ${'word '.repeat(20)}`, 'b'] }] },
  { kind: 'heading', text: 'Ruled out' },
  { kind: 'terms', terms: [['other', 'It is not.']] },
  { kind: 'note', lines: ['A note.'] },
  { kind: 'commands', commands: [{ command: `dnslens report ${'x'.repeat(80)}`, about: 'all' }] },
];

async function written(
  format: 'table' | 'markdown' | 'slack' | 'html',
  layout: Partial<Layout> = {},
): Promise<string> {
  let all = '';
  const output = { write: async (part: string) => void (all += part) };
  await FORMATS[format].document(BLOCKS, output, { ...LAYOUT, ...layout });
  return all;
}

describe('a diagnosis on a terminal', () => {
  it('fits the width, but for commands, which can be pasted', async () => {
    const lines = (await written('table')).split('\n').filter((line) => !line.includes('dnslens report'));
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60);
    expect(await written('table')).toContain(`  dnslens report ${'x'.repeat(80)}  # all\n`);
  });

  it('is ASCII where only that can be shown', async () => {
    expect(await written('table')).toContain('  • one number\n');
    expect(await written('table', { unicode: false })).toMatch(/^[\n\x20-\x7e]*$/);
  });

  it('says the same with colours as without', async () => {
    const colored = await written('table', { color: true });
    expect(colored).toContain('\u001b[33m');
    expect(colored.replaceAll(/\u001b\[\d+m/g, '')).toBe(await written('table'));
  });
});

describe('a diagnosis in every format', () => {
  it.each(['table', 'markdown', 'slack', 'html'] as const)(
    'says all and shows hostile texts safely in %s',
    async (format) => {
      const page = await written(format);
      for (const text of [
        '9 of 10 lookups failed.',
        'LIKELY',
        'one number',
        'such as',
        'Ruled out',
        'It is not.',
        'A note.',
      ])
        expect(page).toContain(text);
      expect(page).not.toContain('\u001b');
      expect(page).not.toContain('\u202e');
    },
  );

  it('makes no markup of a text in HTML', async () => {
    expect(await written('html')).not.toContain('<script>');
  });

  it('makes no Markdown of a text', async () => {
    expect(await written('markdown')).toContain('``\\x1b[31m<script>*_`\u00a6x\\u202e``');
  });
});
