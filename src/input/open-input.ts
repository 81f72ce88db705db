import { UserError } from '../base/user-error.js';
import { ByteReader, restOf } from './byte-reader.js';
import { decompress } from './compression/decompress.js';
import { HashedBytes } from './hashed-bytes.js';
import { withoutHoles } from './holes.js';
import { type Input, SNIFF_BYTES } from './input.js';
import { undecorated } from './paste/undecorated.js';
import type { StoredBytes } from './stored-bytes.js';
import type { OnTrouble, Trouble } from './trouble.js';
import { asUtf8 } from './unicode.js';

/** Bytes of a text that people may have pasted by hand: it is looked at whole. */
const SHORT_BYTES = 1 << 20;

/** An input with nothing in it: a mistake where the user named it, of no matter where it lay in a folder. */

/** An input with its bytes after decompression, which name it: a log and the same log compressed are one. */
export interface OpenedInput extends Input {
  readonly content: HashedBytes;
  /** The head as it is, for telling what an input of no known kind is. */
  readonly rawHead: Uint8Array;
  /** Reads what no reader has taken, so that the hashes cover all of it. */
  drain(): Promise<void>;
}

/**
 * The input behind stored bytes: decompressed, its head gathered and nothing lost; of what `isBinary` does not know by
 * its head, text is in UTF-8 and without holes of zeros.
 * Throws UserError for an empty one, and where nothing could be decompressed.
 */
export async function openInput(
  path: string,
  stored: StoredBytes,
  trouble: OnTrouble,
  isBinary: (head: Uint8Array) => boolean,
): Promise<OpenedInput> {
  let why = '';
  const remember = (fault: Trouble) => {
    why = `: ${fault.incomplete}`;
    trouble(fault);
  };
  const { reader: plain, content } = await openContent(stored, remember);
  const text = await asUtf8(plain);
  const rawHead = (await text.peek(SNIFF_BYTES)).slice();
  const isText = !isBinary(rawHead);
  const reader = isText ? withoutHoles(text) : text;
  const head = (await reader.peek(SNIFF_BYTES)).slice();
  if (head.length === 0) throw empty(path, stored.bytes, why);
  const drain = async () => {
    while ((await plain.some(MOST)) !== null);
    await stored.drain();
  };
  const as = (
    lines: readonly string[] | null,
    chunks: AsyncIterable<Uint8Array>,
    from = head,
  ): OpenedInput => ({
    path,
    head: from,
    lines,
    chunks,
    content,
    rawHead,
    drain,
  });
  if (!isText) return as(null, restOf(reader));
  const most = await reader.peek(SHORT_BYTES + 1);
  if (most.length > SHORT_BYTES) return as(null, restOf(reader));
  const given = new TextDecoder().decode(most).split('\n');
  const lines = undecorated(given);
  if (lines === given) return as(lines, restOf(reader));
  const bytes = new TextEncoder().encode(lines.join('\n'));
  return as(lines, inPlaceOf(restOf(reader), bytes), bytes.subarray(0, SNIFF_BYTES));
}

/** Reads a stream to its end and gives other bytes. */
async function* inPlaceOf(stream: AsyncIterable<Uint8Array>, bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  const chunks = stream[Symbol.asyncIterator]();
  while (!(await chunks.next()).done);
  yield bytes;
}

/** Bytes that are taken at once. */
const MOST = 1 << 20;

/** Stored bytes after decompression, hashed on the way; where they are not compressed they are hashed once. */
export async function openContent(
  stored: StoredBytes,
  trouble: OnTrouble,
): Promise<{ reader: ByteReader; content: HashedBytes }> {
  const outer = new ByteReader(() => stored.next());
  const inner = await decompress(outer, trouble, (stream) => stored.hold(stream));
  if (inner === outer) return { reader: inner, content: stored.hashed };
  const content = new HashedBytes(stored.hashed.sizes);
  const reader = new ByteReader(async () => {
    const chunk = await inner.some(MOST);
    if (chunk) content.update(chunk);
    return chunk;
  });
  return { reader, content };
}

function empty(path: string, bytes: number, why: string): UserError {
  if (bytes === 0) return new UserError('empty-input', `${path} is empty`);
  const sentence = `${path} holds nothing once it is decompressed`;
  return why === ''
    ? new UserError('empty-input', sentence)
    : new UserError('unreadable-input', sentence + why);
}
