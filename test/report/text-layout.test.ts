import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { padEnd, padStart, shorten, widthOf, wrap } from '../../src/report/text-layout.js';

describe('a text on a terminal', () => {
  it('is as wide as its characters', () => {
    expect([widthOf('abc'), widthOf('한국'), widthOf('e\u0301'), widthOf('👩‍👩‍👧')]).toEqual([3, 4, 1, 2]);
  });

  it('is padded by its width', () => {
    expect(padEnd('한', 4)).toBe('한  ');
    expect(padStart('한', 4)).toBe('  한');
  });

  it('is shortened in its middle', () => {
    expect(shorten('google.com.default.svc.cluster.local', 15)).toBe('google.…r.local');
    expect(shorten('short', 15)).toBe('short');
    expect(shorten('abcdefghij', 7, '...')).toBe('ab...ij');
  });

  it('fits, however it is shortened', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 30 }), (text, width) => {
        expect(widthOf(shorten(text, width))).toBeLessThanOrEqual(width);
      }),
    );
  });
});

describe('wrapping', () => {
  it('breaks between words', () => {
    expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
  });

  it('cuts a word that is too long', () => {
    expect(wrap('a abcdefghij b', 4)).toEqual(['a', 'abcd', 'efgh', 'ij b']);
  });

  it('breaks a long name or path after a dot, a slash or a hyphen', () => {
    expect(wrap('web.default.svc.cluster.local', 16)).toEqual(['web.default.svc.', 'cluster.local']);
    expect(wrap('/evidence/node-7.pcap', 12)).toEqual(['/evidence/', 'node-7.pcap']);
  });

  it('keeps an empty text as one line', () => {
    expect(wrap('', 4)).toEqual(['']);
  });
});
