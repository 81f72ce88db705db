import { describe, expect, it } from 'vitest';
import { table } from '../../src/report/table.js';
import { resultOf, written } from '../support/results.js';

const COLUMNS = { severity: 'text', sentence: 'text', look: 'text' } as const;

describe('a headline', () => {
  it('is sentences, their severity before them, and the commands to look next, each once', async () => {
    const rows = [
      ['high', '14 of 3,113 lookups waited 5 s or more.', 'timeouts/gaps'],
      ['info', 'All others were answered.', null],
      ['low', 'One more.', 'timeouts/gaps'],
    ];
    expect(await written(table, resultOf(COLUMNS, rows, { title: 'Timeouts', kind: 'headline' }))).toBe(
      'Timeouts\n  high: 14 of 3,113 lookups waited 5 s or more.\n  All others were answered.\n  low: One more.\n' +
        '  look next: dnslens report timeouts/gaps\n',
    );
  });

  it('wraps its sentences to the width', async () => {
    const rows = [['info', 'word '.repeat(40), null]];
    const text = await written(table, resultOf(COLUMNS, rows, { kind: 'headline' }), { width: 40 });
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(40);
  });

  it('shows no control byte of a name in a sentence', async () => {
    const rows = [['info', 'the name \u001b[2J', null]];
    expect(await written(table, resultOf(COLUMNS, rows, { kind: 'headline' }))).toContain('\\x1b[2J');
  });
});
