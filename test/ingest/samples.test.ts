import { describe, expect, it } from 'vitest';
import { chooseReader } from '../../src/ingest/choose-reader.js';
import { KINDS } from '../../src/ingest/kinds.js';
import { readBytes } from '../support/memory-sink.js';

/** Kinds that the documentation shows a text of; of others it says what their bytes are. */
const SHOWN = KINDS.filter(({ isBinary, about }) => !isBinary && !about.sample.startsWith('('));

describe.each(SHOWN)('the sample of $kind', (reader) => {
  const { kind, about } = reader;
  const text = `${about.whole ?? about.sample}\n`;

  it('is told as its kind', () => {
    expect(chooseReader(KINDS, Buffer.from(text), 'sample')?.kind).toBe(kind);
  });

  it('gives rows that grow with it, and no faster', async () => {
    const rowsOf = async (times: number) => {
      const { rows, problems } = await readBytes(reader, text.repeat(times));
      const counted = Object.entries(rows).filter(([table]) => table !== 'frames');
      return (
        counted.reduce((sum, [, some]) => sum + some.length, 0) +
        problems.reduce((sum, { count }) => sum + count, 0)
      );
    };
    const [once, twice, fourTimes] = [await rowsOf(50), await rowsOf(100), await rowsOf(200)];
    expect(once).toBeGreaterThan(0);
    expect(fourTimes! - twice!).toBe(2 * (twice! - once!));
  });
});
