import { describe, expect, it } from 'vitest';
import { Sentence } from '../../src/causes/sentence.js';

const LIMITS = { least: { default: 3, unit: 'queries', description: 'fewest', source: 'chance' } };
const say = (text: string, figures: Parameters<Sentence['render']>[0]) =>
  new Sentence(text).render(figures, LIMITS);

describe('a sentence', () => {
  it('counts a figure, with the word for one or many', () => {
    const text = '{lost|query was|queries were} lost, as {lost?it|they} should not';
    expect(say(text, { lost: 1n })).toBe('1 query was lost, as it should not');
    expect(say(text, { lost: 0 })).toBe('0 queries were lost, as they should not');
  });

  it('shows decimals, shares as per cent, texts, lists and limits', () => {
    expect(
      say('{a:.1} s, {b:%} and {b:%.1}, {c}, {d}, {$least}', { a: 1.26, b: 0.123, c: 'x', d: ['y', 'z'] }),
    ).toBe('1.3 s, 12 % and 12.3 %, x, y, z, 3');
  });

  it('says that a figure is unknown rather than nothing', () => {
    expect(say('{a} of {b|query|queries}', { a: null, b: null })).toBe('unknown of unknown');
  });

  it('does not end quietly where a figure is not there', () => {
    expect(() => say('{lost}', {})).toThrow('there is no lost');
    expect(() => say('{$most}', {})).toThrow('there is no $most');
  });

  it.each([
    ['{lost', 'a brace'],
    ['{Lost}', 'a brace'],
    ['{lost|query}', 'a word for one and a word for many'],
    ['{lost:x}', 'a form that is none'],
  ])('is refused as %s', (text, why) => {
    expect(() => new Sentence(text)).toThrow(why);
  });
});
