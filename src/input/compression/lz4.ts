import xxhash, { type XXHash, type XXHashAPI } from 'xxhash-wasm';
import type { ByteReader } from '../byte-reader.js';
import { broken, cut, type OnTrouble, type Trouble, wrongChecksum } from '../trouble.js';
import { Lz4Window } from './lz4-block.js';
import { isSkippable, skipFrame } from './skippable-frame.js';

const MAGIC = 0x184d2204;
const LEGACY_MAGIC = 0x184c2102;
const LEGACY_BLOCK = 1 << 23;
const UNCOMPRESSED = 0x80000000;

/**
 * Decompresses lz4 frames (github.com/lz4/lz4, doc/lz4_Frame_format.md), the legacy form included, any number
 * of them. Only the content's checksum is checked, the others add nothing to it. The libraries on npm decompress whole buffers only or trust their input.
 */
export async function* unlz4(reader: ByteReader, trouble: OnTrouble): AsyncGenerator<Uint8Array> {
  const hashes = await xxhash();
  for (;;) {
    const start = await reader.peek(4);
    if (start.length === 0) return;
    if (start.length < 4) return trouble(cut('lz4', reader.position + start.length));
    const magic = u32(start);
    let problem: Trouble | null;
    if (isSkippable(start)) problem = (await skipFrame(reader)) ? null : cut('lz4', reader.position);
    else if (magic === MAGIC) problem = yield* frame(reader, hashes);
    else if (magic === LEGACY_MAGIC) problem = yield* legacyFrame(reader);
    else problem = broken('lz4', reader.position);
    if (problem?.code === 'wrong-checksum-lz4') trouble(problem);
    else if (problem) return trouble(problem);
  }
}

async function* frame(reader: ByteReader, hashes: XXHashAPI): AsyncGenerator<Uint8Array, Trouble | null> {
  const start = reader.position;
  const head = await reader.take(6);
  if (head.length < 6) return cut('lz4', reader.position);
  const flags = head[4]!;
  const code = (head[5]! >> 4) & 7;
  if (flags >> 6 !== 1 || code < 4) return broken('lz4', start);
  const rest = (flags & 8 ? 8 : 0) + (flags & 1 ? 4 : 0) + 1;
  if (!(await reader.skip(rest))) return cut('lz4', reader.position);
  const linked = (flags & 0x20) === 0;
  const blockChecksum = flags & 0x10 ? 4 : 0;
  const hash = flags & 4 ? hashes.create32() : null;
  const window = new Lz4Window(1 << (8 + 2 * code));
  for (;;) {
    const at = reader.position;
    const size = await reader.take(4);
    if (size.length < 4) return cut('lz4', reader.position);
    const word = u32(size);
    if (word === 0) break;
    const length = word & ~UNCOMPRESSED;
    if (length > window.blockBytes) return broken('lz4', at);
    const block = await reader.take(length);
    const stored = (word & UNCOMPRESSED) !== 0;
    const bytes = stored ? window.store(block, linked) : window.decompress(block, linked);
    hash?.update(bytes);
    yield bytes;
    if (block.length < length) return cut('lz4', reader.position);
    if (window.broken) return broken('lz4', at);
    if (!(await reader.skip(blockChecksum))) return cut('lz4', reader.position);
  }
  return hash ? check(reader, hash) : null;
}

async function check(reader: ByteReader, hash: XXHash<number>): Promise<Trouble | null> {
  const stored = await reader.take(4);
  if (stored.length < 4) return cut('lz4', reader.position);
  return u32(stored) === hash.digest() ? null : wrongChecksum('lz4', reader.position);
}

/** Blocks of 8 MiB without an end mark; the frame ends with the input or where another magic number stands. */
async function* legacyFrame(reader: ByteReader): AsyncGenerator<Uint8Array, Trouble | null> {
  await reader.take(4);
  const window = new Lz4Window(LEGACY_BLOCK);
  for (;;) {
    const at = reader.position;
    const size = await reader.peek(4);
    if (size.length === 0 || (size.length === 4 && isMagic(size))) return null;
    if (size.length < 4) return cut('lz4', reader.position + size.length);
    const length = u32(size);
    if (length > LEGACY_BLOCK + LEGACY_BLOCK / 255 + 16) return broken('lz4', at);
    await reader.take(4);
    const block = await reader.take(length);
    yield window.decompress(block, false);
    if (block.length < length) return cut('lz4', reader.position);
    if (window.broken) return broken('lz4', at);
  }
}

function isMagic(bytes: Uint8Array): boolean {
  const magic = u32(bytes);
  return magic === MAGIC || magic === LEGACY_MAGIC || isSkippable(bytes);
}

function u32(bytes: Uint8Array): number {
  return (bytes[0]! | (bytes[1]! << 8) | (bytes[2]! << 16) | (bytes[3]! << 24)) >>> 0;
}
