import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ArchiveFault, isTar, tarEntries } from '../../../src/input/archive/tar.js';
import { tarHeader, tarOf } from '../../support/archives.js';
import { readerOf } from '../support.js';

async function filesOf(bytes: Uint8Array, chunk?: number): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for await (const { name, content } of tarEntries(readerOf(bytes, chunk))) {
    files[name] = '';
    for await (const part of content) files[name] += Buffer.from(part).toString();
  }
  return files;
}

/** A record of attributes of pax before a file. */
function paxOf(key: string, value: string): Buffer {
  const bare = ` ${key}=${value}\n`;
  const text = `${bare.length + 3}${bare}`;
  return Buffer.concat([tarHeader('x', text.length, 'x'), Buffer.from(text.padEnd(512, '\0'))]);
}

describe('a tar archive', () => {
  it('gives its files in order, whatever chunks it comes in', async () => {
    const bytes = tarOf({ 'a/b.log': 'one', empty: '', c: 'x'.repeat(1500) });
    for (const chunk of [1, 511, 4096])
      expect(Object.entries(await filesOf(bytes, chunk))).toEqual([
        ['a/b.log', 'one'],
        ['empty', ''],
        ['c', 'x'.repeat(1500)],
      ]);
  });

  it('takes long names of pax and of GNU, for the next file only', async () => {
    const long = `deep/${'n'.repeat(120)}`;
    const gnu = Buffer.concat([
      tarHeader('././@LongLink', long.length + 1, 'L'),
      Buffer.from(long.padEnd(512, '\0')),
    ]);
    const files = await filesOf(
      Buffer.concat([
        gnu,
        tarOf({ cut: '1', b: '2' }).subarray(0, -1024),
        paxOf('path', 'p/q'),
        tarOf({ c: '3' }),
      ]),
    );
    expect(files).toEqual({ [long]: '1', b: '2', 'p/q': '3' });
  });

  it('passes over links and folders', async () => {
    const bytes = Buffer.concat([tarHeader('dir/', 0, '5'), tarHeader('link', 0, '2'), tarOf({ a: '1' })]);
    expect(await filesOf(bytes)).toEqual({ a: '1' });
  });

  it('is told by the checksum of its first header, not by a word in it', () => {
    const bytes = tarOf({ a: '1' });
    expect(isTar(bytes)).toBe(true);
    bytes[3] = 65;
    expect(isTar(bytes)).toBe(false);
    expect(isTar(Buffer.alloc(1024))).toBe(false);
  });

  it('that ends in its middle says so', async () => {
    await expect(filesOf(tarOf({ a: 'x'.repeat(600) }).subarray(0, 900))).rejects.toThrow(
      'ends in its middle, at byte 900',
    );
  });

  it('of any bytes ends, or is faulty', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 600 }), fc.nat(2047), async (noise, at) => {
        const bytes = tarOf({ a: 'x'.repeat(700), b: 'y' });
        bytes.set(noise.subarray(0, bytes.length - at), at);
        const fault = await filesOf(bytes).then(
          () => null,
          (error: unknown) => error,
        );
        expect(fault === null || fault instanceof ArchiveFault).toBe(true);
      }),
    );
  });
});
