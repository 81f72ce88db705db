import { appendFileSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { openContent, openInput } from '../../src/input/open-input.js';
import { SNIFF_BYTES } from '../../src/input/input.js';
import { StoredBytes } from '../../src/input/stored-bytes.js';
import type { Trouble } from '../../src/input/trouble.js';

const folder = mkdtempSync(join(tmpdir(), 'dnslens-open-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, bytes: Uint8Array | string): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** Opens a path and reads it, `meanwhile` after the head. */
async function read(path: string, meanwhile = () => {}, sizes: readonly number[] = []) {
  const troubles: Trouble[] = [];
  const told: number[] = [];
  const note = (trouble: Trouble) => troubles.push(trouble);
  const stored = await StoredBytes.open(path, note, (bytes) => told.push(bytes), sizes);
  try {
    const input = await openInput(path, stored, note, (head) => head.includes(0));
    meanwhile();
    const parts: Uint8Array[] = [];
    for await (const chunk of input.chunks) parts.push(chunk);
    await input.drain();
    const sha256 = stored.hashed.sha256();
    return { input, stored, troubles, told, bytes: stored.bytes, sha256, all: Buffer.concat(parts) };
  } finally {
    await stored.close();
  }
}

describe('openInput', () => {
  it('gives the head and all bytes, the head included', async () => {
    const bytes = Buffer.alloc(3_000_000, 'abcdefg');
    const { input, all } = await read(file('long', bytes));
    expect(input.head).toHaveLength(SNIFF_BYTES);
    expect(all.equals(bytes)).toBe(true);
  });

  it('hashes and counts the bytes as they are stored', async () => {
    const bytes = gzipSync('hello');
    const { input, bytes: count, sha256, told } = await read(file('hello.txt', bytes));
    expect(Buffer.from(input.head).toString()).toBe('hello');
    expect(count).toBe(bytes.length);
    expect(told.at(-1)).toBe(bytes.length);
    expect(sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
  });

  it('hashes and counts what is in them once more where they are compressed', async () => {
    const text = 'a line\n'.repeat(50_000);
    const plain = await read(file('plain.txt', text));
    const squeezed = await read(file('squeezed.txt', gzipSync(text)));
    const { sha256 } = plain;
    expect(plain.input.content).toBe(plain.stored.hashed);
    expect(squeezed.input.content).toMatchObject({ bytes: text.length });
    expect([plain, squeezed].map(({ input }) => input.content.sha256())).toEqual([sha256, sha256]);
    expect(squeezed.sha256).not.toBe(sha256);
  });

  it('hashes beginnings of what is in them', async () => {
    const text = 'a line\n'.repeat(50_000);
    const { input } = await read(file('grown.txt', gzipSync(text)), () => {}, [7, 200_000, 1_000_000]);
    const of = (size: number) => createHash('sha256').update(text.slice(0, size)).digest('hex');
    expect([...input.content.prefixes]).toEqual([7, 200_000].map((size) => [size, of(size)]));
  });

  it('hashes what no reader took', async () => {
    const text = 'a line\n'.repeat(50_000);
    const stored = await StoredBytes.open(file('left.txt', gzipSync(text)), () => undefined);
    const input = await openInput(
      'left.txt',
      stored,
      () => undefined,
      () => false,
    );
    for await (const _ of input.chunks) break;
    await input.drain();
    await stored.close();
    expect(input.content.sha256()).toBe(createHash('sha256').update(text).digest('hex'));
  });

  it('gives UTF-16 text of either byte order as UTF-8', async () => {
    const text = 'größer \u{1f600}\n'.repeat(20_000);
    const little = Buffer.from(`\ufeff${text}`, 'utf16le');
    expect((await read(file('little', little))).all.toString()).toBe(text);
    expect((await read(file('big', Buffer.from(little).swap16()))).all.toString()).toBe(text);
  });

  it('drops the byte order mark of UTF-8', async () => {
    expect((await read(file('bom', '\ufeffline\n'))).all.toString()).toBe('line\n');
  });

  it('refuses an empty file, compressed or not, in one sentence', async () => {
    await expect(read(file('empty', ''))).rejects.toThrow(/empty is empty$/);
    await expect(read(file('empty.gz', gzipSync('')))).rejects.toThrow(
      /holds nothing once it is decompressed$/,
    );
    await expect(read(file('cut.gz', gzipSync('abc').subarray(0, 10)))).rejects.toThrow(/cut at byte 10$/);
  });

  it('reads to the end that was there and says that the file grew', async () => {
    const path = file('growing', Buffer.alloc(2_000_000));
    const { bytes, troubles } = await read(path, () => appendFileSync(path, 'more'));
    expect(bytes).toBe(2_000_000);
    expect(troubles.map(({ code }) => code)).toEqual(['file-grew']);
  });

  it('says that a file became shorter', async () => {
    const path = file('shrinking', Buffer.alloc(3_000_000));
    const { bytes, troubles } = await read(path, () => truncateSync(path, 1_500_000));
    expect(bytes).toBe(1_500_000);
    expect(troubles.map(({ code }) => code)).toEqual(['file-shrunk']);
  });

  it('reads a FIFO, whose size nobody knows', async () => {
    const path = join(folder, 'fifo');
    execFileSync('mkfifo', [path]);
    const writer = import('node:fs/promises').then(({ writeFile }) => writeFile(path, 'through a pipe'));
    const { all } = await read(path);
    await writer;
    expect(all.toString()).toBe('through a pipe');
  });

  it('says in one sentence that a path does not exist', async () => {
    await expect(read(join(folder, 'nothing'))).rejects.toThrow(/nothing does not exist$/);
  });

  it('can be let go in its middle, and then be opened again, in every compression', async () => {
    for (const name of ['lines.xz', 'lines.lz4', 'lines-fast.zst']) {
      const path = join(import.meta.dirname, 'fixtures', name);
      for (let times = 0; times < 2; times++) {
        const stored = await StoredBytes.open(path, () => undefined);
        const { reader } = await openContent(stored, () => undefined);
        expect((await reader.peek(1)).length).toBe(1);
        await stored.close();
      }
    }
  });
});
