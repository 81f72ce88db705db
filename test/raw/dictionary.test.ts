import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ByteDictionary } from '../../src/raw/dictionary.js';

/** A dictionary and what it announced as new, in order. */
function dictionary(limit?: number, mostBytes?: number) {
  const announced: [number, string][] = [];
  const onNew = (id: number, bytes: Uint8Array, start: number, end: number) =>
    announced.push([id, Buffer.from(bytes.subarray(start, end)).toString()]);
  return { words: new ByteDictionary(7, 1, onNew, limit, mostBytes), announced };
}

test('equal strings have one id, different ones different ids, each announced once', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 12 }), { maxLength: 3000 }), (texts) => {
      const { words, announced } = dictionary();
      const ids = new Map<string, number>();
      for (const text of texts) {
        const id = words.idOfText(text);
        expect(ids.get(text) ?? id).toBe(id);
        ids.set(text, id);
      }
      expect(new Set(ids.values()).size).toBe(ids.size);
      expect(new Map(announced.map(([id, text]) => [text, id]))).toEqual(ids);
      expect(announced.length).toBe(ids.size);
    }),
    { numRuns: 30 },
  );
});

test('a full dictionary starts over with new ids, so that memory stays flat', () => {
  const { words } = dictionary(2);
  const [a, b, c] = ['a', 'b', 'c'].map((text) => words.idOfText(text));
  expect([a, b, c]).toEqual([1, 2, 3]);
  expect(words.idOfText('c')).toBe(3);
  expect(words.idOfText('a')).toBe(4);
});

test('long strings fill it by their octets', () => {
  const { words } = dictionary(1000, 10);
  expect([words.idOfText('12345678'), words.idOfText('12345678'), words.idOfText('abcdefgh')]).toEqual([
    1, 1, 2,
  ]);
  expect(words.idOfText('12345678')).toBe(3);
});
