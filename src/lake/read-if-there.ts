import { readFile } from 'node:fs/promises';
import { explainSystem } from '../base/system-fault.js';

/** A file's text; null where there is none. */
export async function readIfThere(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw explainSystem(path, 'read', error);
  });
}
