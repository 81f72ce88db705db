import { expect, it } from 'vitest';
import { didYouMean, nearest } from '../../src/base/suggest.js';

const WORDS = ['report', 'queries', 'ingest', 'db', 'diagnosis'];

it.each([
  ['reprot', 'report'],
  ['query', null],
  ['querys', 'queries'],
  ['INGEST', 'ingest'],
  ['dc', 'db'],
  ['bd', 'db'],
  ['xy', null],
  ['dyagnozys', 'diagnosis'],
  ['dyagmozys', null],
])('%s was meant to be %s', (word, meant) => {
  expect(nearest(word, WORDS)).toBe(meant);
});

it('ends a sentence, or adds nothing', () => {
  expect(didYouMean('reprt', WORDS)).toBe('; did you mean "report"?');
  expect(didYouMean('zzzzz', WORDS)).toBe('');
});
