import { expect, test } from 'vitest';
import fc from 'fast-check';
import { forEachObject, type ObjectText, shareOfObjects } from '../../src/input/json-objects.js';

async function objectsOf(text: string, cuts: readonly number[] = [], limit = 1e6) {
  const objects: ObjectText[] = [];
  const tooLong: number[] = [];
  const bytes = new TextEncoder().encode(text);
  const ends = [...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  async function* chunks(): AsyncIterable<Uint8Array> {
    let from = 0;
    for (const end of ends) yield bytes.subarray(from, (from = end));
  }
  const taker = {
    object: (one: ObjectText) => void objects.push(one),
    tooLong: (line: number) => void tooLong.push(line),
    limit,
  };
  return { isWhole: await forEachObject(chunks(), taker), objects, tooLong };
}

/** Braces, quotes and backslashes where they are no syntax. */
const tricky = fc.string({ unit: fc.constantFrom('{', '}', '"', '\\', 'a', '[', ',', '\n', 'é') });
const object = fc.dictionary(
  tricky,
  fc.oneof(tricky, fc.integer(), fc.dictionary(tricky, fc.array(tricky)), fc.constant(null)),
);

test('each object is cut out as it is, whatever its texts hold and wherever chunks end', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(object), fc.array(fc.nat()), fc.boolean(), async (given, cuts, inArray) => {
      const text = given.map((one) => JSON.stringify(one, null, 1));
      const whole = inArray ? `[${text.join(',\n')}]` : text.join('\n');
      const { objects, isWhole, tooLong } = await objectsOf(whole, cuts);
      expect(objects.map((one) => JSON.parse(one.text))).toEqual(JSON.parse(JSON.stringify(given)));
      expect(isWhole).toBe(true);
      expect(tooLong).toEqual([]);
      const lines = text.map(
        (_, i) => 1 + text.slice(0, i).join('\n').split('\n').length - (i === 0 ? 1 : 0),
      );
      expect(objects.map(({ line }) => line)).toEqual(lines);
    }),
  );
});

test('an object that the text ends inside of is not given, and that is said', async () => {
  const { objects, isWhole } = await objectsOf('{"a": 1}\n{"b": "}"');
  expect(objects).toEqual([{ text: '{"a": 1}', line: 1 }]);
  expect(isWhole).toBe(false);
});

test('an object past the limit is left out with its line, and the next is given', async () => {
  const { objects, tooLong } = await objectsOf(
    `{"a": 1}\n{"b": "${'x'.repeat(100)}"}\n{"c": 2}`,
    [20, 60, 80],
    30,
  );
  expect(objects).toEqual([
    { text: '{"a": 1}', line: 1 },
    { text: '{"c": 2}', line: 3 },
  ]);
  expect(tooLong).toEqual([2]);
});

test('the share of known objects is that of a head that begins with JSON', () => {
  const head = (text: string) => shareOfObjects(new TextEncoder().encode(text), (one) => one.includes('dns'));
  expect(head('[{"dns": 1}, {"web": 1}, {"dns": 2}, {"dns": 3}]')).toBe(0.75);
  expect(head('see {"dns": 1}')).toBe(0);
});
