import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from '../store/database.js';
import { textLiteral } from '../base/sql-text.js';
import { UserError } from '../base/user-error.js';
import { lakeTables } from './columns.js';
import {
  checkLakeFile,
  INTERRUPTED,
  LAKE_FILE,
  type Manifest,
  MANIFESTS,
  parseManifest,
} from './manifest.js';
import { reachObjects, readObject } from './object-store.js';
import { readIfThere } from './read-if-there.js';

/** What lies in a lake, as far as a reader must know it. */
export interface LakeContents {
  /** The tables that have a file. */
  filled: ReadonlySet<string>;
  /** Files that no finished export vouches for: of batches that are cut off, or out of date. From the lake's own folder. */
  leftOut: readonly string[];
  /** Files that a finished export wrote and that are gone. */
  missing: readonly string[];
  /** Batches that are being written, or whose export was cut off. */
  interrupted: readonly string[];
}

/** Looks through a lake's folder. Throws UserError where it is none that can be read. */
export async function folderContents(folder: string): Promise<LakeContents> {
  const path = join(folder, LAKE_FILE);
  const text = await readIfThere(path);
  if (text === null) {
    throw new UserError(
      'no-lake',
      `${folder} is a folder, and no lake that dnslens export --parquet made; name a database or a lake with --db`,
    );
  }
  checkLakeFile(text, path);
  const found: string[] = [];
  for (const { name } of lakeTables()) found.push(...(await filesIn(folder, name, 2)));
  return contentsOf(found, await folderManifests(join(folder, MANIFESTS)));
}

/** A batch with a `.next` is being put into its places, or was when its export was cut off. */
async function folderManifests(folder: string): Promise<Manifest[]> {
  const names = (await readdir(folder).catch(() => [] as string[])).sort();
  const manifests: Manifest[] = [];
  for (const name of names) {
    const [, batch, next] = /^([\da-f]{9})\.json(\.next)?$/.exec(name) ?? [];
    if (batch === undefined) continue;
    const path = join(folder, name);
    const text = await readIfThere(path);
    if (text === null) continue; // it was renamed just now
    const manifest = parseManifest(text, path);
    manifests.push(next === undefined ? manifest : { ...manifest, fingerprint: INTERRUPTED });
  }
  return manifests;
}

/** The same of a lake in an object store, by its URL. */
export async function objectContents(database: Database, url: string): Promise<LakeContents> {
  const path = `${url}/${LAKE_FILE}`;
  const text = await readObject(database, path);
  if (text === null) {
    throw new UserError(
      'no-lake',
      `${url} holds no lake that dnslens export --parquet made; is its name right?`,
    );
  }
  checkLakeFile(text, path);
  const manifests = await reachObjects(
    url,
    database.rows<{ path: string; content: string }>(
      `select filename as path, content from read_text(${textLiteral(`${url}/${MANIFESTS}/*.json`)})`,
    ),
  );
  const files = await reachObjects(
    url,
    database.rows<{ file: string }>(
      `select file from glob(${textLiteral(`${url}/*/day=*/node_label=*/*.parquet`)})`,
    ),
  );
  return contentsOf(
    files.map(({ file }) => file.slice(url.length + 1)),
    manifests.map((one) => parseManifest(one.content, one.path)),
  );
}

/** Of several manifests of a batch the last one counts. */
function contentsOf(found: readonly string[], manifests: readonly Manifest[]): LakeContents {
  const vouched = new Map<string, ReadonlySet<string> | null>();
  for (const { batch, fingerprint, files } of manifests) {
    vouched.set(batch, fingerprint === INTERRUPTED ? null : new Set(files.map(({ file }) => file)));
  }
  const isLeftOut = (file: string) => {
    const batch = /([\da-f]{9})(?:-\d+)?\.parquet$/.exec(file)?.[1];
    const files = batch === undefined ? undefined : vouched.get(batch);
    return files === null || files?.has(file) === false;
  };
  const there = new Set(found);
  return {
    filled: new Set(found.map((file) => file.split('/', 1)[0]!)),
    leftOut: found.filter(isLeftOut),
    missing: [...vouched.values()].flatMap((files) => [...(files ?? [])].filter((file) => !there.has(file))),
    interrupted: [...vouched].filter(([, files]) => files === null).map(([batch]) => batch),
  };
}

/** Every Parquet file that lies so many folders below a folder of the lake. */
async function filesIn(lake: string, folder: string, depth: number): Promise<string[]> {
  const entries = await readdir(join(lake, folder)).catch(() => [] as string[]);
  if (depth === 0)
    return entries.filter((name) => name.endsWith('.parquet')).map((name) => `${folder}/${name}`);
  const below: string[] = [];
  for (const name of entries) below.push(...(await filesIn(lake, `${folder}/${name}`, depth - 1)));
  return below;
}
