import { describe, expect, it } from 'vitest';
import { AddressText } from '../../src/logs/lines/address-text.js';
import { findByte, findLastByte } from '../../src/logs/lines/find-byte.js';
import { QueryLine } from '../../src/logs/lines/query-line.js';

/** Bytes that tell of each place that is read. */
function watched(text: string): { bytes: Uint8Array; places: Set<number> } {
  const places = new Set<number>();
  const bytes = new Proxy(Buffer.from(text), {
    get(target, name) {
      if (typeof name === 'string' && /^\d+$/.test(name)) places.add(Number(name));
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => {
        // a search of all bytes reads them all
        for (let i = 0; i < target.length; i++) places.add(i);
        return (value as (...given: unknown[]) => unknown).apply(target, args);
      };
    },
  });
  return { bytes, places };
}

describe('a line among many', () => {
  it('is searched from its beginning to its end', () => {
    const bytes = Buffer.from('.a.b.');
    expect([findByte(bytes, 46, 1, 4), findByte(bytes, 46, 3, 4)]).toEqual([2, -1]);
    expect([findLastByte(bytes, 46, 1, 4), findLastByte(bytes, 46, 3, 4)]).toEqual([2, -1]);
  });

  it.each(['a', '[a', 'x]:1', 'fe80::1', '::'])(
    'is read without a look at the lines beside it: %s',
    (line) => {
      const { bytes, places } = watched(`${'.\n'.repeat(50)}${line}\n${'%]:\n'.repeat(50)}`);
      const end = 100 + line.length;
      new QueryLine(1).read(bytes, 100, end);
      new AddressText().readIPv6(bytes, 100, end);
      const beside = [...places].filter((place) => place < 100 || place > end);
      expect(beside).toEqual([]);
    },
  );
});
