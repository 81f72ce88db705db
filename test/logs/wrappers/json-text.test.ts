import { expect, test } from 'vitest';
import fc from 'fast-check';
import { JsonText } from '../../../src/logs/wrappers/json-text.js';

/** What is read of a JSON string's body and its closing quote, and the index after it. */
function read(body: string): [text: string, after: number] {
  const bytes = new TextEncoder().encode(`${body}" rest`);
  const text = new JsonText();
  const after = text.read(bytes, 0, bytes.length);
  return [text.toString(), after];
}

const anyText = fc.string({ unit: 'grapheme' });

test('a string is read as JSON.parse reads it, written as it is or by numbers', () => {
  fc.assert(
    fc.property(anyText, fc.boolean(), (text, byNumbers) => {
      const units = Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
      const numbers = units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
      const body = byNumbers ? numbers : JSON.stringify(text).slice(1, -1);
      expect(read(body)).toEqual([text, Buffer.byteLength(body) + 1]);
    }),
  );
});

test.each(['a\\x41', 'a\\', 'a\\u12'])('a string that ends in no escape of JSON is none: %s', (body) => {
  const bytes = new TextEncoder().encode(body);
  expect(new JsonText().read(bytes, 0, bytes.length)).toBe(-1);
});

test('half of a pair is one unknown character, and what stands beside it stays', () => {
  expect(read('a\\ud83d\\u0062')[0]).toBe('a\ufffdb');
  expect(read('\\u0061\\ude00b')[0]).toBe('a\ufffdb');
  expect(read('\\ud83dplain text')[0]).toBe('\ufffdplain text');
});

test('a number that is none is one unknown character', () => {
  expect(read('a\\u00zzb')[0]).toBe('a\ufffdb');
});
