import { isUtf8 } from 'node:buffer';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** A path as the system knows it: a text, or bytes where it is no UTF-8, as names from another machine may be. */
export type FileName = string | Buffer;

/** What an argument has in the place of bytes that are no UTF-8. */
const LOST = '\ufffd';

/** The path of a folder's entry. */
export function entryOf(folder: FileName, name: Buffer): FileName {
  if (typeof folder === 'string' && isUtf8(name)) return join(folder, name.toString());
  const path = join(bytesOf(folder).toString('latin1'), name.toString('latin1'));
  return Buffer.from(path, 'latin1');
}

/** A path as it is shown and kept: bytes that are no UTF-8 are `\xff`. */
export function shownName(name: FileName): string {
  if (typeof name === 'string') return name;
  let shown = '';
  for (let at = 0; at < name.length;) {
    const character = characterAt(name, at);
    shown += character ?? `\\x${name[at]!.toString(16).padStart(2, '0')}`;
    at += character === null ? 1 : Buffer.byteLength(character);
  }
  return shown;
}

/** The same for the same path only. */
export function keyOf(name: FileName): string {
  return bytesOf(name).toString('latin1');
}

/** What there is by a path that lost bytes on its way here, as arguments of the command line do. */
export async function namedLike(path: string): Promise<FileName[]> {
  if (!path.includes(LOST)) return [];
  let found: FileName[] = [path.startsWith('/') ? '/' : ''];
  for (const part of path.split('/').filter((name) => name !== '')) {
    const deeper: FileName[] = [];
    for (const folder of found) {
      const names = part.includes(LOST)
        ? await readdir(folder.length > 0 ? folder : '.', { encoding: 'buffer' }).catch(() => [])
        : [Buffer.from(part)];
      for (const name of names) if (name.toString() === part) deeper.push(entryOf(folder, name));
    }
    found = deeper;
  }
  return found;
}

function bytesOf(name: FileName): Buffer {
  return typeof name === 'string' ? Buffer.from(name) : name;
}

/** The character whose UTF-8 begins at a place; null where none does. */
function characterAt(bytes: Buffer, at: number): string | null {
  for (let length = 1; length <= 4 && at + length <= bytes.length; length++) {
    const part = bytes.subarray(at, at + length);
    if (isUtf8(part)) return part.toString();
  }
  return null;
}
