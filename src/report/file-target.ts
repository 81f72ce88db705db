import { lstat, readlink, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

/** Links that a path may lead through, as in Linux. */
const MOST_LINKS = 40;

/** What a path to write to leads to. */
export type FileTarget =
  /** A file of this process, as /dev/stdout and /dev/fd/3 are: it is nothing that could be replaced. */
  | { kind: 'open'; fd: number }
  /** A device or FIFO: it takes bytes as they come. */
  | { kind: 'device' }
  /** A file, or where one is to be made; `mode` are the permissions of the one that is there. */
  | { kind: 'file'; path: string; mode: number | null };

/** Follows a path to what is written in the end: a link names a place and stays, also where nothing is there yet. */
export async function followTarget(path: string): Promise<FileTarget> {
  let place = resolve(path);
  for (let links = 0; links < MOST_LINKS; links++) {
    const folder = await realpath(dirname(place));
    const fd = /^\/(?:proc\/(?:self|\d+)|dev)\/fd$/.test(folder) ? Number(basename(place)) : Number.NaN;
    if (Number.isInteger(fd)) return { kind: 'open', fd };
    place = join(folder, basename(place));
    const found = await lstat(place).catch(unlessMissing);
    if (found?.isSymbolicLink()) place = resolve(folder, await readlink(place));
    else if (found === null || found.isFile()) {
      return { kind: 'file', path: place, mode: found === null ? null : found.mode & 0o7777 };
    } else return { kind: 'device' };
  }
  await stat(path); // fails as the system does
  return { kind: 'device' };
}

function unlessMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}
