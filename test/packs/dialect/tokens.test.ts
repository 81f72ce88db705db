import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { group } from '../../../src/packs/dialect/groups.js';
import { tokenize } from '../../../src/packs/dialect/tokens.js';

const kinds = (sql: string) =>
  tokenize(sql)
    .filter(({ kind }) => kind !== 'blank')
    .map(({ kind, text }) => `${kind} ${text}`);

describe('tokens of SQL', () => {
  it('tell texts, quoted names, comments and parameters apart', () => {
    expect(kinds(`select 'it''s -- /', "a ""b""" -- '\n/* $c */ from $d::double`)).toEqual([
      'word select',
      "text 'it''s -- /'",
      'symbol ,',
      'quoted "a ""b"""',
      'word from',
      'parameter $d',
      'symbol ::',
      'word double',
    ]);
  });

  it('read numbers with exponents and operators of two characters', () => {
    expect(kinds('1e-6<>.5||a//b')).toEqual([
      'number 1e-6',
      'symbol <>',
      'number .5',
      'symbol ||',
      'word a',
      'symbol //',
      'word b',
    ]);
  });

  it('lose nothing of any text', () => {
    const texts = fc.oneof(fc.string(), fc.stringMatching(/^['"$:()/*a-z0-9 -]{0,40}$/));
    const again = (sql: string) =>
      tokenize(sql)
        .map(({ text }) => text)
        .join('');
    fc.assert(fc.property(texts, (sql) => again(sql) === sql));
  });
});

describe('brackets', () => {
  it('hold what stands in them, however deep, and need not close', () => {
    const [outer] = group(tokenize(`(${'('.repeat(5000)}`));
    expect(outer!.inner).toHaveLength(1);
    expect(outer!.end).toBeUndefined();
  });
});
