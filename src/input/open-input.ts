import { UserError } from '../store/user-error.js';
import { ByteReader, restOf } from './byte-reader.js';
import { decompress } from './compression/decompress.js';
import { type Input, SNIFF_BYTES } from './reader.js';
import type { StoredBytes } from './stored-bytes.js';
import type { OnTrouble, Trouble } from './trouble.js';
import { asUtf8 } from './unicode.js';

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
  return { path, head, chunks: restOf(reader) };
}

function empty(path: string, bytes: number, why: string): UserError {
  if (bytes === 0) return new EmptyInput(`${path} is empty`);
  const sentence = `${path} holds nothing once it is decompressed`;
  return why === '' ? new EmptyInput(sentence) : new UserError(sentence + why);
}
