import { Decompress } from 'fzstd';
import xxhash, { type XXHash, type XXHashAPI } from 'xxhash-wasm';
import type { ByteReader } from '../byte-reader.js';
import { broken, cut, type OnTrouble, type Trouble, wrongChecksum } from '../trouble.js';
import { isSkippable, skipFrame } from './skippable-frame.js';

const MAGIC = 0xfd2fb528;

/** As the zstd command's own limit (--long=27). */
const MOST_WINDOW = 1 << 27;

/** fzstd asks for this much before it looks at a frame. */
const LEAST_PUSH = 18;

/** fzstd moves its window once a block; a stream of tiny blocks with a huge window is given up beyond this. */
const FREE_MOVES = 2 ** 36;
const MOVES_PER_BYTE = 4096;

/** Decompresses zstd (RFC 8878), any number of frames, skippable ones passed over. Block by block, so that output is bounded. */
export async function* unzstd(reader: ByteReader, trouble: OnTrouble): AsyncGenerator<Uint8Array> {
  const effort = { moved: 0, bytes: 0 };
  const hashes = await xxhash();
  for (;;) {
    const start = await reader.peek(4);
    if (start.length === 0) return;
    if (isSkippable(start)) {
      if (!(await skipFrame(reader))) return trouble(cut('zstd', reader.position));
      continue;
    }
    const problem = yield* frame(reader, effort, hashes);
    if (problem?.code === 'wrong-checksum-zstd') trouble(problem);
    else if (problem) return trouble(problem);
  }
}

async function* frame(
  reader: ByteReader,
  effort: { moved: number; bytes: number },
  hashes: XXHashAPI,
): AsyncGenerator<Uint8Array, Trouble | null> {
  const header = frameHeader(await reader.peek(LEAST_PUSH));
  if (header === 'cut') return cut('zstd', reader.position + (await reader.peek(LEAST_PUSH)).length);
  if (header === 'broken' || header.window > MOST_WINDOW) return broken('zstd', reader.position);
  let pending: Uint8Array = (await reader.take(header.length)).slice();
  const out: Uint8Array[] = [];
  const decompress = new Decompress((bytes) => out.push(bytes));
  const hash = header.checksum ? hashes.create64() : null;
  effort.moved += header.window;
  for (let last = false; !last;) {
    const at = reader.position;
    const length = blockLength(await reader.peek(3));
    const block = await reader.take(length);
    if (block.length < length) return cut('zstd', reader.position);
    last = (block[0]! & 1) === 1;
    pending = pending.length > 0 ? Buffer.concat([pending, block]) : block;
    if (pending.length < LEAST_PUSH) {
      if (!last) continue;
      // no more than it asks for: the rest would be taken for another frame
      pending = Buffer.concat([pending, new Uint8Array(LEAST_PUSH - pending.length)]);
    }
    try {
      decompress.push(pending);
    } catch {
      return broken('zstd', at);
    }
    pending = new Uint8Array(0);
    effort.moved += header.window;
    effort.bytes += length + out.reduce((sum, bytes) => sum + bytes.length, 0);
    if (effort.moved > FREE_MOVES + MOVES_PER_BYTE * effort.bytes) return broken('zstd', at);
    for (const bytes of out) hash?.update(bytes);
    yield* out.splice(0);
  }
  return hash ? check(reader, hash) : null;
}

/** A frame's checksum is the low half of XXH64 of its content. */
async function check(reader: ByteReader, hash: XXHash<bigint>): Promise<Trouble | null> {
  const stored = await reader.take(4);
  if (stored.length < 4) return cut('zstd', reader.position);
  const fits = Buffer.from(stored).readUInt32LE() === Number(hash.digest() & 0xffffffffn);
  return fits ? null : wrongChecksum('zstd', reader.position);
}

/** Length in bytes, window in bytes and whether a checksum follows (RFC 8878, 3.1.1.1). */
function frameHeader(
  bytes: Uint8Array,
): { length: number; window: number; checksum: boolean } | 'cut' | 'broken' {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 5) return 'cut';
  const descriptor = bytes[4]!;
  if (view.getUint32(0, true) !== MAGIC || descriptor & 8) return 'broken';
  const single = (descriptor >> 5) & 1;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3]!;
  const sizeBytes = [single, 2, 4, 8][descriptor >> 6]!;
  const sizeAt = 6 - single + dictionaryBytes;
  if (bytes.length < sizeAt + sizeBytes) return 'cut';
  const checksum = (descriptor & 4) !== 0;
  const length = sizeAt + sizeBytes;
  if (!single) {
    const base = 2 ** (10 + (bytes[5]! >> 3));
    return { length, checksum, window: base + (base / 8) * (bytes[5]! & 7) };
  }
  let size = sizeBytes === 2 ? 256 : 0;
  for (let i = 0; i < sizeBytes; i++) size += bytes[sizeAt + i]! * 256 ** i;
  return { length, checksum, window: size };
}

/** Bytes of a block with its header (RFC 8878, 3.1.1.2); a run-length block holds one byte. */
function blockLength(header: Uint8Array): number {
  if (header.length < 3) return 3;
  const word = header[0]! | (header[1]! << 8) | (header[2]! << 16);
  return ((word >> 1) & 3) === 1 ? 4 : 3 + (word >> 3);
}
