import {
  closeSync,
  lstatSync,
  openSync,
  readlinkSync,
  readSync,
  realpathSync,
  rmSync,
  type Stats,
  statSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { explainOpen } from './storage-fault.js';
import { UserError } from '../base/user-error.js';

/**
 * Sizes that a file has while DuckDB makes it: nothing yet, or one or two of its three headers of 4,096 bytes. A run that
 * is killed then leaves one of these; no row was ever in it.
 */
const BEGUN_SIZES: readonly number[] = [0, 4096, 8192];

/** What DuckDB writes at byte 8 of its first header. */
const MAGIC = Buffer.from('DUCK');

/** Links followed at most, as Linux does. */
const MOST_LINKS = 40;

/** Where a database lies that the user names, and what is there. */
export interface DatabaseFile {
  /** Absolute, with every link followed. */
  path: string;
  /** `missing`: nothing is there. `begun`: a run was killed before DuckDB had made it. */
  state: 'missing' | 'begun' | 'there';
}

/**
 * Finds the file that a path means; a link to a file that is not there yet means the place where it points. Throws
 * UserError where it is no file, such as a pipe or a device.
 */
export function databaseFile(path: string): DatabaseFile {
  let found: string;
  let stats: Stats | undefined;
  try {
    found = follow(path);
    stats = statSync(found, { throwIfNoEntry: false });
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw explainOpen(path, error);
  }
  if (stats === undefined) return { path: found, state: 'missing' };
  if (stats.isDirectory())
    throw new UserError('wrong-kind-of-file', `${path} is a folder; name a file with --db`);
  if (!stats.isFile()) {
    throw new UserError(
      'wrong-kind-of-file',
      `${path} is a pipe, a device or a socket; name a file with --db`,
    );
  }
  return { path: found, state: isBegun(found, stats.size) ? 'begun' : 'there' };
}

/** A database's file and what DuckDB puts beside it, but the folder of what does not fit into memory. */
export function filesOf(path: string): string[] {
  return ['', '.wal', '.wal.checkpoint', '.wal.recovery'].map((ending) => `${path}${ending}`);
}

/** Deletes a database that nobody has open; nothing where there is none. */
export function removeDatabase(path: string): void {
  for (const file of filesOf(path)) rmSync(file, { force: true });
}

/** Deletes what a killed run left; the file must still be the one that could not be opened. */
export function removeBegun({ path }: DatabaseFile): void {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats?.isFile() && isBegun(path, stats.size)) rmSync(path);
}

/** The path with its links followed, the last one of a file that is missing too. */
function follow(path: string): string {
  let at = resolve(path);
  for (let links = 0; links < MOST_LINKS; links++) {
    if (!lstatSync(at, { throwIfNoEntry: false })?.isSymbolicLink()) return inRealFolder(at);
    at = resolve(dirname(at), readlinkSync(at));
  }
  throw new UserError('wrong-kind-of-file', `${path} is a link that leads to itself; name a file with --db`);
}

function inRealFolder(path: string): string {
  try {
    return join(realpathSync(dirname(path)), basename(path));
  } catch {
    return path;
  }
}

function isBegun(path: string, size: number): boolean {
  if (!BEGUN_SIZES.includes(size)) return false;
  if (size === 0) return true;
  const head = Buffer.alloc(MAGIC.length);
  try {
    const file = openSync(path, 'r');
    try {
      readSync(file, head, 0, head.length, 8);
    } finally {
      closeSync(file);
    }
  } catch {
    return false;
  }
  return head.equals(MAGIC);
}
