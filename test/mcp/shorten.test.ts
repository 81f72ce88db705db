import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shorten } from '../../src/mcp/shorten.js';

describe('shorten', () => {
  it('leaves what is short as it is', () => {
    expect(shorten({ rows: [1, 2], name: 'a' }, false)).toEqual({
      text: '{"rows":[1,2],"name":"a"}',
      cut: false,
    });
  });

  it('says how many elements and characters it left out', () => {
    const { text, cut } = shorten(
      { rows: Array.from({ length: 70 }, (_, i) => i), note: 'x'.repeat(700) },
      false,
    );
    const told = JSON.parse(text) as { rows: unknown[]; note: string };
    expect(cut).toBe(true);
    expect(told.rows.slice(63)).toEqual([63, { more: 6 }]);
    expect(told.note).toBe(`${'x'.repeat(600)}... (100 characters more)`);
  });

  it('gives more where all is asked for', () => {
    const rows = Array.from({ length: 1500 }, (_, i) => i);
    expect(JSON.parse(shorten(rows, true).text)).toEqual(rows);
  });

  it('never gives more than it may, and says so where it cut', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.nat(300), (value, times) => {
        const many = Array.from({ length: times }, () => value);
        const { text, cut } = shorten(many, false);
        expect(text.length).toBeLessThanOrEqual(8000);
        expect(cut || text === JSON.stringify(many)).toBe(true);
      }),
    );
  });
});
