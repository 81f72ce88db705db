import fc from 'fast-check';
import { expect, it } from 'vitest';
import { allOf, readerOf } from './support.js';

it('takes the same bytes however they are cut into chunks', async () => {
  const bytes = Uint8Array.from({ length: 100 }, (_, i) => i);
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 120 }),
      fc.array(fc.nat(40), { maxLength: 6 }),
      async (chunk, lengths) => {
        const reader = readerOf(bytes, chunk);
        let at = 0;
        for (const length of lengths) {
          const end = Math.min(at + length, 100);
          expect([...(await reader.peek(length))]).toEqual([...bytes.subarray(at, end)]);
          expect([...(await reader.take(length))]).toEqual([...bytes.subarray(at, end)]);
          expect(reader.position).toBe(end);
          at = end;
        }
        expect([...(await allOf(reader))]).toEqual([...bytes.subarray(at)]);
      },
    ),
  );
});

it('tells by skip whether the input ends before', async () => {
  const reader = readerOf(new Uint8Array(10), 3);
  expect(await reader.skip(10)).toBe(true);
  expect(await reader.skip(1)).toBe(false);
});
