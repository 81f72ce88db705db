import { describe, expect, it } from 'vitest';
import { Sentence } from '../../src/causes/sentence.js';

const limit = (value: number) => ({ default: value, unit: 'queries', description: 'x', source: 'chance' });
const LIMITS = { least: limit(3), most: limit(1024) };
const say = (text: string, figures: Parameters<Sentence['render']>[0]) =>
  new Sentence(text).render(figures, LIMITS);

describe('a sentence', () => {
  it('counts a figure, with the word for one or many', () => {
    const text = '{lost|query was|queries were} lost, as {lost?it|they} should not';
    expect(say(text, { lost: 1n })).toBe('1 query was lost, as it should not');
    expect(say(text, { lost: 0 })).toBe('0 queries were lost, as they should not');
  });

  it('has commas between thousands wherever a number stands, and none in a text', () => {
    const figures = { a: 1128, b: 1550n, c: 1028.25, d: '41001', e: 12.5 };
    expect(say('{a} of {b|query|queries}, {c:.1}, {c}, {d}, {e:%}, {$most}', figures)).toBe(
      '1,128 of 1,550 queries, 1,028.3, 1,028.25, 41001, 1,250 %, 1,024',
    );
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
    expect(() => say('{$other}', {})).toThrow('there is no $other');
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
