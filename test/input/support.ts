import { readFileSync } from 'node:fs';
import { ByteReader, nextOf, restOf } from '../../src/input/byte-reader.js';
import { decompress } from '../../src/input/compression/decompress.js';
import type { Trouble } from '../../src/input/trouble.js';

export function fixture(name: string): Buffer {
  return readFileSync(new URL(`fixtures/${name}`, import.meta.url));
}

export function readerOf(bytes: Uint8Array, chunk = bytes.length || 1): ByteReader {
  async function* chunks() {
    for (let i = 0; i < bytes.length; i += chunk) yield bytes.subarray(i, i + chunk);
  }
  return new ByteReader(nextOf(chunks()));
}

export async function allOf(reader: ByteReader): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of restOf(reader)) parts.push(part);
  return Buffer.concat(parts);
}

/** What comes out of compressed bytes, and what was told of them. */
export async function decompressBytes(
  bytes: Uint8Array,
  chunk?: number,
  freeOutput?: number,
): Promise<{ out: Buffer; troubles: Trouble[] }> {
  const troubles: Trouble[] = [];
  const reader = await decompress(
    readerOf(bytes, chunk),
    (trouble) => troubles.push(trouble),
    () => undefined,
    freeOutput,
  );
  return { out: await allOf(reader), troubles };
}
