import { expect, it } from 'vitest';
import { escapedText, PLAIN, PLAIN_NAME, quotedText } from '../../src/base/label-text.js';

const bytes = Buffer.from('A.b\\c "d"\u0000\u00ff', 'latin1');

it.each([
  ['a label', escapedText(bytes, PLAIN), 'a\\.b\\\\c\\032"d"\\000\\255'],
  ['a name', escapedText(bytes, PLAIN_NAME), 'a.b\\\\c\\032"d"\\000\\255'],
  ['a character-string', quotedText(bytes), '"A.b\\\\c \\"d\\"\\000\\255"'],
])('%s has what is not plain in it escaped', (_, text, expected) => {
  expect(text).toBe(expected);
});

it('has no text of no octets', () => {
  expect(escapedText(Buffer.alloc(0), PLAIN)).toBe('');
});
