import { describe, expect, it } from 'vitest';
import { chooseReader } from '../../src/ingest/choose-reader.js';
import type { Reader } from '../../src/raw/reader.js';
import { ABOUT } from './evidence.js';

function reader(kind: string, score: number): Reader {
  return { kind, title: kind, about: ABOUT, sniff: () => score, read: async () => undefined };
}

const head = new Uint8Array(1);

describe('chooseReader', () => {
  it('takes the surest reader, the first of equals', () => {
    const readers = [reader('a', 0.5), reader('b', 0.9), reader('c', 0.9)];
    expect(chooseReader(readers, head, 'x')?.kind).toBe('b');
  });

  it('takes none where none is sure enough', () => {
    expect(chooseReader([reader('a', 0.05), reader('b', Number.NaN)], head, 'x')).toBeNull();
  });
});
