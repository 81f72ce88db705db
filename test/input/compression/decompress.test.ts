import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lines } from '../fixtures/text.mjs';
import { decompressBytes, fixture } from '../support.js';

const text = lines();

const COMPRESSED: readonly (readonly [string, Buffer])[] = [
  ['gzip', gzipSync(text)],
  ['zstd', fixture('lines.zst')],
  ['zstd without checksum', fixture('lines-fast.zst')],
  ['xz', fixture('lines.xz')],
  ['xz in several blocks', fixture('lines-blocks.xz')],
  ['lz4 with linked blocks', fixture('lines.lz4')],
  ['lz4 with block checksums and content size', fixture('lines-checked.lz4')],
  ['legacy lz4', fixture('lines-legacy.lz4')],
];

describe.each(COMPRESSED)('%s', (_name, bytes) => {
  it('is decompressed, whole or byte by byte', async () => {
    for (const chunk of [bytes.length, 1]) {
      const { out, troubles } = await decompressBytes(bytes, chunk);
      expect(out.equals(text)).toBe(true);
      expect(troubles).toEqual([]);
    }
  });

  it('goes on after its end with the next one', async () => {
    const { out, troubles } = await decompressBytes(Buffer.concat([bytes, bytes]));
    expect(out.equals(Buffer.concat([text, text]))).toBe(true);
    expect(troubles).toEqual([]);
  });

  it('gives what came before a cut, and says where the cut is', async () => {
    for (const at of [bytes.length >> 1, bytes.length - 1]) {
      const { out, troubles } = await decompressBytes(bytes.subarray(0, at));
      expect(text.subarray(0, out.length).equals(out)).toBe(true);
      expect(troubles).toMatchObject([{ code: expect.stringMatching(/^cut-/), position: `byte ${at}` }]);
    }
  });

  it('gives most of what stands before garbage at its end', async () => {
    const { out, troubles } = await decompressBytes(Buffer.concat([bytes, Buffer.from('garbage')]));
    expect(text.subarray(0, out.length).equals(out)).toBe(true);
    expect(out.length).toBeGreaterThan(text.length * 0.85);
    expect(troubles).toHaveLength(1);
  });

  it('ends and stays in bounds whatever byte of it is changed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const damaged = Buffer.from(bytes);
        damaged[at]! ^= flip;
        const { out } = await decompressBytes(damaged);
        expect(out.length).toBeLessThan(2 ** 24);
      }),
      { numRuns: 60 },
    );
  });
});

describe('decompress', () => {
  it('leaves bytes that are not compressed as they are', async () => {
    expect((await decompressBytes(text, 777)).out.equals(text)).toBe(true);
  });

  it('takes off two layers, and a third not', async () => {
    const twice = gzipSync(fixture('lines.zst'));
    expect((await decompressBytes(twice)).out.equals(text)).toBe(true);
    expect((await decompressBytes(gzipSync(twice))).out.equals(fixture('lines.zst'))).toBe(true);
  });

  it('does not wait for ever for xz inside xz', async () => {
    expect((await decompressBytes(fixture('lines.xz'))).out.equals(text)).toBe(true);
    const { out } = await decompressBytes(fixture('nested.xz'));
    expect(out.equals(fixture('lines.xz'))).toBe(true);
  });

  it('passes over skippable frames before, between and after zstd and lz4 frames', async () => {
    const skippable = Buffer.from('5a2a4d1803000000abcdef', 'hex');
    for (const name of ['lines.zst', 'lines.lz4']) {
      const bytes = Buffer.concat([skippable, fixture(name), skippable, fixture(name), skippable]);
      const { out, troubles } = await decompressBytes(bytes);
      expect(out.length).toBe(2 * text.length);
      expect(troubles).toEqual([]);
    }
  });

  it('passes over zeros after gzip', async () => {
    const { out, troubles } = await decompressBytes(
      Buffer.concat([gzipSync(text), Buffer.alloc(10240)]),
      512,
    );
    expect(out.equals(text)).toBe(true);
    expect(troubles).toEqual([]);
  });

  it('stops a stream that grows out of all proportion', async () => {
    const bomb = gzipSync(gzipSync(Buffer.alloc(64 << 20)));
    const { out, troubles } = await decompressBytes(bomb, 4096, 1 << 20);
    expect(out.length).toBeLessThan(64 << 20);
    expect(troubles[0]?.code).toBe('decompression-bomb');
  });

  it.each(['lines.zst', 'lines.lz4'])('tells a checksum of %s that does not fit', async (name) => {
    const bytes = fixture(name);
    bytes[bytes.length - 1]! ^= 1;
    const { out, troubles } = await decompressBytes(bytes);
    expect(out.equals(text)).toBe(true);
    expect(troubles[0]?.code).toMatch(/^wrong-checksum-/);
  });

  it('says that xz with SHA-256 checks must be decompressed first', async () => {
    const { troubles } = await decompressBytes(fixture('lines-sha256.xz'));
    expect(troubles).toMatchObject([{ code: 'unsupported-xz' }]);
  });

  it('takes a short last block of a zstd frame without checksum, and a frame after it', async () => {
    const frame = Buffer.from('28b52ffd200109000061', 'hex');
    const { out, troubles } = await decompressBytes(Buffer.concat([frame, frame]));
    expect([out.toString(), troubles]).toEqual(['aa', []]);
  });

  it('refuses a zstd frame whose window is larger than the zstd command takes', async () => {
    const frame = Buffer.from('28b52ffd00ff010000', 'hex');
    expect((await decompressBytes(frame)).troubles).toMatchObject([{ code: 'broken-zstd' }]);
  });

  it('ends on any bytes after a magic number', async () => {
    const magics = ['1f8b08', '28b52ffd', 'fd377a585a00', '04224d18', '02214c18', '502a4d18'];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...magics), fc.uint8Array({ maxLength: 400 }), async (magic, rest) => {
        await decompressBytes(Buffer.concat([Buffer.from(magic, 'hex'), rest]), 7);
      }),
      { numRuns: 300 },
    );
  });
});
