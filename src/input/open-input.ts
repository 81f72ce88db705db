import { UserError } from '../store/user-error.js';
import { ByteReader, restOf } from './byte-reader.js';
import { decompress } from './compression/decompress.js';
import { type Input, SNIFF_BYTES } from './reader.js';
import { undecorated } from './paste/undecorated.js';
import type { StoredBytes } from './stored-bytes.js';
import type { OnTrouble, Trouble } from './trouble.js';
import { asUtf8 } from './unicode.js';

/** Bytes of a text that people may have pasted by hand: it is looked at whole. */
const SHORT_BYTES = 1 << 20;

/** An input with nothing in it: a mistake where the user named it, of no matter where it lay in a folder. */
export class EmptyInput extends UserError {}

/**
 * The input behind stored bytes: decompressed, text in UTF-8, its head gathered and nothing lost.
 * Throws EmptyInput for an empty one, UserError where nothing could be decompressed.
 */
export async function openInput(path: string, stored: StoredBytes, trouble: OnTrouble): Promise<Input> {
  let why = '';
  const remember = (fault: Trouble) => {
    why = `: ${fault.incomplete}`;
    trouble(fault);
  };
  const plain = await decompress(new ByteReader(() => stored.next()), remember);
  const reader = await asUtf8(plain);
  const head = (await reader.peek(SNIFF_BYTES)).slice();
  if (head.length === 0) throw empty(path, stored.bytes, why);
  if (head.includes(0)) return { path, head, lines: null, chunks: restOf(reader) };
  const most = await reader.peek(SHORT_BYTES + 1);
  if (most.length > SHORT_BYTES) return { path, head, lines: null, chunks: restOf(reader) };
  const given = new TextDecoder().decode(most).split('\n');
  const lines = undecorated(given);
  if (lines === given) return { path, head, lines, chunks: restOf(reader) };
  const bytes = new TextEncoder().encode(lines.join('\n'));
  return { path, head: bytes.subarray(0, SNIFF_BYTES), lines, chunks: inPlaceOf(restOf(reader), bytes) };
}

/** Reads a stream to its end and gives other bytes. */
async function* inPlaceOf(stream: AsyncIterable<Uint8Array>, bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  const chunks = stream[Symbol.asyncIterator]();
  while (!(await chunks.next()).done);
  yield bytes;
}

function empty(path: string, bytes: number, why: string): UserError {
  if (bytes === 0) return new EmptyInput(`${path} is empty`);
  const sentence = `${path} holds nothing once it is decompressed`;
  return why === '' ? new EmptyInput(sentence) : new UserError(sentence + why);
}
