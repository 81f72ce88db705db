import { expect, it } from 'vitest';
import { LogLine, LAST_PART, MORE_FOLLOWS } from '../../src/logs/log-line.js';
import { LONGEST_LINE } from '../../src/logs/line-splitter.js';
import { PartialLines } from '../../src/logs/partial-lines.js';
import { ByteDictionary } from '../../src/raw/dictionary.js';

/** One part of a line of a stream, as a container's runtime cut it. */
function part(text: string, which: number, stream = 1): LogLine {
  const line = new LogLine(new ByteDictionary(0, 1, () => undefined));
  const bytes = Buffer.from(text);
  line.begin(bytes, 0, bytes.length, 1);
  line.streamId = stream;
  line.part = which;
  return line;
}

it('the parts of a line are put together for each stream on its own', () => {
  const lines = new PartialLines();
  expect(lines.join(part('one ', MORE_FOLLOWS, 1))).toBe(false);
  expect(lines.join(part('other ', MORE_FOLLOWS, 2))).toBe(false);
  const last = part('line', LAST_PART, 1);
  expect(lines.join(last)).toBe(true);
  expect(Buffer.from(last.bytes.subarray(last.start, last.end)).toString()).toBe('one line');
});

it('however many parts a line has, no more of it is kept than of the longest line', () => {
  const lines = new PartialLines();
  const piece = 'x'.repeat(LONGEST_LINE / 4);
  for (let i = 0; i < 9; i++) expect(lines.join(part(piece, MORE_FOLLOWS))).toBe(false);
  const last = part(piece, LAST_PART);
  expect(lines.join(last)).toBe(true);
  expect(last.end - last.start).toBe(LONGEST_LINE);
});

it('of lines whose end never comes 64 are kept, and the next is taken for whole', () => {
  const lines = new PartialLines();
  for (let stream = 1; stream <= 64; stream++)
    expect(lines.join(part('a', MORE_FOLLOWS, stream))).toBe(false);
  expect(lines.join(part('a', MORE_FOLLOWS, 65))).toBe(true);
});
