import { UserError } from '../store/user-error.js';
import { ByteReader, restOf } from './byte-reader.js';
import { decompress } from './compression/decompress.js';
import { type Input, SNIFF_BYTES } from './reader.js';
import type { StoredBytes } from './stored-bytes.js';
import type { OnTrouble, Trouble } from './trouble.js';
import { asUtf8 } from './unicode.js';

/**
 * The input behind stored bytes: decompressed, text in UTF-8, its head gathered and nothing lost.
 * Throws UserError for an empty one.
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
  if (head.length === 0) throw new UserError(emptySentence(path, stored.bytes) + why);
  return { path, head, chunks: restOf(reader) };
}

function emptySentence(path: string, bytes: number): string {
  if (bytes === 0) return `${path} is empty`;
  return `${path} holds nothing once it is decompressed`;
}
