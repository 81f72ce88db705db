import { Stats } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, isAbsolute, resolve } from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import { explainSystem } from '../base/system-fault.js';
import type { ErrorCode } from '../base/error-codes.js';
import { UserError } from '../base/user-error.js';
import { entryOf, type FileName, keyOf, namedLike, shownName } from './file-name.js';
import { naturalOrder } from '../base/natural-order.js';
import { inRotationOrder } from '../base/rotation.js';
import type { Trouble } from './trouble.js';

/** Something to read. */
export interface Location {
  /** As the user named it, or as it was found in a folder, as it is shown; `-` is standard input. */
  path: string;
  /** The same for the system. */
  file: FileName;
  /** Named by the user, not found in a folder: then a file of no known kind is a mistake to be told. */
  named: boolean;
  /** How many archives it lay in; 0 where it is a file of its own. */
  archives?: number;
  /** What is wrong with it that its bytes do not say: an archive that ends in it. */
  trouble?: Trouble;
}

/** An argument that leads to nothing, and why. */
export interface DeadEnd {
  path: string;
  code: ErrorCode;
  sentence: string;
}

/** What there is to read, and what there should have been. */
interface Found {
  locations: Location[];
  deadEnds: DeadEnd[];
}

/**
 * Turns arguments (files, FIFOs, folders, globs, `-`) into inputs: each once, rotated sets in time order.
 * Folders are read with all that is in them, in natural order; hidden files, databases and files in
 * `except` are left out.
 */
export async function expand(args: readonly string[], except: readonly string[] = []): Promise<Found> {
  const named = new Map<string, Location>();
  const deadEnds: DeadEnd[] = [];
  const own = new Set(except.map((path) => resolve(path)));
  for (const arg of args) {
    const found = await follow(arg, own);
    deadEnds.push(...found.deadEnds);
    if (found.locations.length === 0 && found.deadEnds.length === 0) {
      deadEnds.push({ path: arg, code: 'empty-input', sentence: `${arg} holds no files to read` });
    }
    for (const location of found.locations) {
      const key = keyOf(location.file);
      const byUser = location.named || named.get(key)?.named === true;
      named.set(key, { ...location, named: byUser });
    }
  }
  return { locations: inReadingOrder(await withoutDuplicates([...named.values()])), deadEnds };
}

/** Rotated sets in time order, the others where they are. */
export function inReadingOrder(locations: readonly Location[]): Location[] {
  const byPath = new Map<string, Location[]>();
  for (const location of locations) {
    byPath.set(location.path, [...(byPath.get(location.path) ?? []), location]);
  }
  return inRotationOrder([...byPath.keys()]).flatMap((path) => byPath.get(path)!);
}

/** Whether a file in a folder, or an archive, is no evidence by its name: hidden, or a database. */
export function isPassedOver(name: string): boolean {
  return name.startsWith('.') || name.endsWith('.duckdb') || name.endsWith('.wal');
}

/** What an argument leads to. */
async function follow(file: FileName, own: ReadonlySet<string>): Promise<Found> {
  const arg = shownName(file);
  if (file === '-') return one(file);
  const stats = await stat(file).catch((error: unknown) => explainSystem(arg, 'read', error));
  if (stats instanceof Stats) return stats.isDirectory() ? filesIn(file, own) : one(file);
  if (typeof file !== 'string') return none(arg, stats);
  const globbed = isDynamicPattern(file);
  const files = await namedLike(file);
  if (files.length === 0 && globbed) {
    const matches = await glob(file, {
      onlyFiles: false,
      expandDirectories: false,
      absolute: isAbsolute(file),
    });
    files.push(...matches.sort(naturalOrder).map((match) => match.replace(/\/$/, '')));
  }
  const found: Found = { locations: [], deadEnds: [] };
  for (const match of files) {
    const inside = await follow(match, own);
    found.locations.push(...inside.locations);
    found.deadEnds.push(...inside.deadEnds);
  }
  if (found.locations.length > 0 || found.deadEnds.length > 0) return found;
  return none(arg, globbed ? new UserError('no-such-file', `${arg} matches no file`) : stats);
}

function one(file: FileName): Found {
  return { locations: [{ path: shownName(file), file, named: true }], deadEnds: [] };
}

function none(path: string, why: unknown): Found {
  if (!(why instanceof UserError)) throw why;
  return { locations: [], deadEnds: [{ path, code: why.code, sentence: why.message }] };
}

/** The files of a folder and its folders. Links to files are followed, links to folders are not: they may lead in a circle. */
async function filesIn(folder: FileName, own: ReadonlySet<string>): Promise<Found> {
  const locations: Location[] = [];
  const deadEnds: DeadEnd[] = [];
  const pending = [folder];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const shown = shownName(next);
    const entries = await readdir(next, { withFileTypes: true, encoding: 'buffer' }).catch(
      (error: unknown) => {
        deadEnds.push(...none(shown, explainSystem(shown, 'read', error)).deadEnds);
        return [];
      },
    );
    for (const entry of entries) {
      const file = entryOf(next, entry.name);
      const path = shownName(file);
      const name = basename(path);
      if (entry.isDirectory() ? name.startsWith('.') : isPassedOver(name)) continue;
      if (own.has(resolve(path))) continue;
      if (entry.isDirectory()) pending.push(file);
      else if (entry.isFile() || (entry.isSymbolicLink() && (await isFile(file)))) {
        locations.push({ path, file, named: false });
      }
    }
  }
  return { locations: locations.sort((a, b) => naturalOrder(a.path, b.path)), deadEnds };
}

async function isFile(file: FileName): Promise<boolean> {
  const stats = await stat(file).catch(() => null);
  return stats !== null && stats.isFile();
}

/** Keeps the first of several paths to one file: links and `./` forms. */
async function withoutDuplicates(locations: readonly Location[]): Promise<Location[]> {
  const seen = new Set<string>();
  const kept: Location[] = [];
  for (const location of locations) {
    const { file } = location;
    const real = file === '-' ? file : await realpath(file, 'buffer').catch(() => file);
    if (!seen.has(keyOf(real))) kept.push(location);
    seen.add(keyOf(real));
  }
  return kept;
}
