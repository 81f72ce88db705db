import { readdir, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import { naturalOrder } from './natural-order.js';
import { inRotationOrder } from './rotation.js';

/** Something to read. */
export interface Location {
  /** As the user named it, or as it was found in a folder; `-` is standard input. */
  path: string;
  /** Named by the user, not found in a folder: then a file of no known kind is a mistake to be told. */
  named: boolean;
}

/** An argument that leads to nothing, and one sentence why. */
export interface DeadEnd {
  path: string;
  sentence: string;
}

/**
 * Turns arguments (files, FIFOs, folders, globs, `-`) into inputs: each once, rotated sets in time order.
 * Folders are read with all that is in them, in natural order; hidden files, databases and files in
 * `except` are left out.
 */
export async function expand(
  args: readonly string[],
  except: readonly string[] = [],
): Promise<{ locations: Location[]; deadEnds: DeadEnd[] }> {
  const named = new Map<string, boolean>();
  const deadEnds: DeadEnd[] = [];
  const own = new Set(except.map((path) => resolve(path)));
  for (const arg of args) {
    const found = await follow(arg, own);
    if (typeof found === 'string') deadEnds.push({ path: arg, sentence: found });
    else for (const { path, named: byUser } of found) named.set(path, byUser || named.get(path) === true);
  }
  const paths = inRotationOrder(await withoutDuplicates([...named.keys()]));
  return { locations: paths.map((path) => ({ path, named: named.get(path)! })), deadEnds };
}

/** What an argument leads to, or a sentence that says why to nothing. */
async function follow(arg: string, own: ReadonlySet<string>): Promise<Location[] | string> {
  if (arg === '-') return [{ path: '-', named: true }];
  const stats = await stat(arg).catch((error: NodeJS.ErrnoException) => error);
  if (!(stats instanceof Error)) {
    return stats.isDirectory() ? filesIn(arg, own) : [{ path: arg, named: true }];
  }
  if (stats.code === 'EACCES')
    return `${arg} may not be read by this user; change its permissions or copy it`;
  if (!isDynamicPattern(arg)) return missing(arg, stats);
  const matches = await glob(arg, { onlyFiles: false, expandDirectories: false, absolute: isAbsolute(arg) });
  const found: Location[] = [];
  for (const match of matches.sort(naturalOrder)) {
    const inside = await follow(match.replace(/\/$/, ''), own);
    if (typeof inside !== 'string') found.push(...inside);
  }
  return found.length > 0 ? found : `${arg} matches no file`;
}

function missing(arg: string, error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return `${arg} does not exist`;
  return `${arg} cannot be read: ${error.message.split('\n', 1)[0]}`;
}

/** The files of a folder and its folders. Links to files are followed, links to folders are not: they may lead in a circle. */
async function filesIn(folder: string, own: ReadonlySet<string>): Promise<Location[] | string> {
  const found: Location[] = [];
  const pending = [folder];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const entries = await readdir(next, { withFileTypes: true }).catch((error: Error) => error);
    if (entries instanceof Error) {
      if (next === folder) return `${folder} cannot be read: ${entries.message.split('\n', 1)[0]}`;
      continue;
    }
    for (const entry of entries) {
      const path = join(next, entry.name);
      if (entry.name.startsWith('.') || own.has(resolve(path))) continue;
      if (entry.isDirectory()) pending.push(path);
      else if (
        !isDatabase(entry.name) &&
        (entry.isFile() || (entry.isSymbolicLink() && (await isFile(path))))
      ) {
        found.push({ path, named: false });
      }
    }
  }
  if (found.length === 0) return `${folder} holds no files to read`;
  return found.sort((a, b) => naturalOrder(a.path, b.path));
}

function isDatabase(name: string): boolean {
  return name.endsWith('.duckdb') || name.endsWith('.wal');
}

async function isFile(path: string): Promise<boolean> {
  const stats = await stat(path).catch(() => null);
  return stats !== null && stats.isFile();
}

/** Keeps the first of several paths to one file: links and `./` forms. */
async function withoutDuplicates(paths: readonly string[]): Promise<string[]> {
  const seen = new Set<string>();
  const kept: string[] = [];
  for (const path of paths) {
    const real = path === '-' ? path : await realpath(path).catch(() => path);
    if (!seen.has(real)) kept.push(path);
    seen.add(real);
  }
  return kept;
}
