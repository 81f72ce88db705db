import { expect, test } from 'vitest';
import fc from 'fast-check';
import { forEachLine, headLines, type TextLine, textLines } from '../../src/input/lines.js';
import { SNIFF_BYTES } from '../../src/input/input.js';

async function linesOf(
  parts: Uint8Array[],
  limit?: number,
): Promise<{ lines: [string, number, boolean][]; isEnded: boolean }> {
  const lines: [string, number, boolean][] = [];
  async function* chunks(): AsyncIterable<Uint8Array> {
    yield* parts;
  }
  const isEnded = await forEachLine(chunks(), (...line) => void lines.push(line), limit);
  return { lines, isEnded };
}

const bytes = (text: string) => new TextEncoder().encode(text);

test('lines end with LF or CRLF, and a byte order mark is dropped', async () => {
  const { lines, isEnded } = await linesOf([bytes('\ufeffone\r\n\ntwo')]);
  expect(lines).toEqual([
    ['one', 1, true],
    ['', 2, true],
    ['two', 3, true],
  ]);
  expect(isEnded).toBe(false);
});

test('a line past the limit is cut and the next one is whole again', async () => {
  const { lines } = await linesOf([bytes('abcdef'), bytes('ghi\nxy\n')], 4);
  expect(lines).toEqual([
    ['abcd', 1, false],
    ['xy', 2, true],
  ]);
});

test('a head drops a last line that it cuts, and no other', () => {
  const full = (text: string) => bytes(text.padStart(SNIFF_BYTES, 'x'));
  expect(headLines(full('\ntwo\r\nthr')).slice(1)).toEqual(['two']);
  expect(headLines(full(''))).toHaveLength(1);
  expect(headLines(bytes('\ufeffone\ntwo'))).toEqual(['one', 'two']);
});

test('lines can be waited for one by one', async () => {
  async function* chunks(): AsyncIterable<Uint8Array> {
    yield bytes('abcdef\nx');
    yield bytes('y\r\nlast');
  }
  const lines: TextLine[] = [];
  for await (const line of textLines(chunks(), 4)) lines.push(line);
  expect(lines).toEqual([
    { text: 'abcd', number: 1, cut: true },
    { text: 'xy', number: 2, cut: false },
    { text: 'last', number: 3, cut: false },
  ]);
});

test('the lines are the same however the bytes are cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: fc.constantFrom('a', 'é', '일', '\n', '\r', ' ') }),
      fc.integer({ min: 1, max: 7 }),
      async (text, step) => {
        const all = bytes(text);
        const parts = Array.from({ length: Math.ceil(all.length / step) }, (_, i) =>
          all.slice(i * step, (i + 1) * step),
        );
        expect(await linesOf(parts)).toEqual(await linesOf([all]));
        expect((await linesOf(parts)).lines.map(([line]) => line)).toEqual(
          text
            .replace(/\n$/, '')
            .split('\n')
            .slice(0, text === '' ? 0 : undefined)
            .map((line) => line.replace(/\r$/, '')),
        );
      },
    ),
  );
});
