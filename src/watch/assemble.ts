import { closeSync, copyFileSync, openSync, readFileSync, writeSync } from 'node:fs';
import { constants } from 'node:fs';
import type { Part } from './kept-parts.js';

/** Puts parts of a stream, one behind the other, into a file that a reader takes for the stream itself. */
export function assemble(parts: readonly Part[], file: string): void {
  const [first] = parts;
  if (first !== undefined && parts.length === 1 && first.prelude === null)
    return copyFileSync(first.file, file, constants.COPYFILE_FICLONE);
  const fd = openSync(file, 'w', 0o600);
  try {
    const names = [...(first?.prelude ? [first.prelude] : []), ...parts.map((part) => part.file)];
    for (const name of names) {
      const bytes = readFileSync(name);
      for (let at = 0; at < bytes.length;) at += writeSync(fd, bytes, at);
    }
  } finally {
    closeSync(fd);
  }
}
