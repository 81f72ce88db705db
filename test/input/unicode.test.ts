import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Utf8Chunks } from '../../src/input/unicode.js';

const ENCODED: Record<string, (text: string) => Buffer> = {
  'UTF-8': (text) => Buffer.from(text),
  'UTF-8 with a byte order mark': (text) => Buffer.from(`\ufeff${text}`),
  'UTF-16, the low octet first': (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
  'UTF-16, the high octet first': (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
};

it.each(Object.entries(ENCODED))('%s is UTF-8 wherever it is cut into chunks', (_name, encode) => {
  const text = fc.string({ unit: 'binary', maxLength: 40 }).filter((one) => !one.startsWith('\ufeff'));
  fc.assert(
    fc.property(text, fc.array(fc.nat(8), { maxLength: 60 }), (written, sizes) => {
      const bytes = encode(written);
      const chunks = new Utf8Chunks();
      const read: Uint8Array[] = [];
      let at = 0;
      for (const size of sizes) read.push(chunks.take(bytes.subarray(at, (at += size))));
      read.push(chunks.take(bytes.subarray(at)), chunks.end());
      expect(Buffer.concat(read).toString()).toBe(Buffer.from(written).toString());
    }),
  );
});
