import { LAKE_VERSION } from './lake-batch.js';
import { UserError } from '../base/user-error.js';

/** File at a lake's top that says which version of the layout it has. */
export const LAKE_FILE = '_lake.json';

/** What stands in it. */
export function lakeFileText(): string {
  return JSON.stringify({ lakeVersion: LAKE_VERSION });
}

/** Reads it. Throws UserError where it is damaged or of a version that is not known here. */
export function checkLakeFile(text: string, path: string): void {
  parseVersioned(text, path);
}

/** Folder of a lake that holds a manifest for each batch; engines skip what starts with an underscore. */
export const MANIFESTS = '_manifests';

/** Fingerprint of a manifest whose files are being written, or were when the export was cut off: none has it. */
export const INTERRUPTED = 'interrupted';

/** What a manifest says of one file. */
export interface LakeFile {
  /** From the lake's own folder. */
  file: string;
  table: string;
  day: string;
  nodeLabel: string;
  rows: number;
  bytes: number;
  /** Of the file's bytes; null in an object store, where nothing is read back. */
  sha256: string | null;
}

/** What one database gave to a lake. */
export interface Manifest {
  lakeVersion: number;
  dnslens: string;
  batch: string;
  identity: string;
  /** Of everything that the rows were made from: an export with the same one has nothing to do. */
  fingerprint: string;
  files: LakeFile[];
}

export function manifestPath(batch: string): string {
  return `${MANIFESTS}/${batch}.json`;
}

/** Of a folder's batch: the manifest of an export whose files are being put into their places. */
export function nextPath(batch: string): string {
  return `${manifestPath(batch)}.next`;
}

/** A file's place in the lake: nothing above the lake's folder is ever named, since an export deletes what it replaces. */
const PLACE = /^\w+\/day=[\d-]+\/node_label=[\w.-]+\/[\da-f]{9}(?:-\d+)?\.parquet$/;

/** Reads a manifest's text. Throws UserError where it is damaged or of a version that is not known here. */
export function parseManifest(text: string, path: string): Manifest {
  const manifest = parseVersioned(text, path) as Manifest;
  const { files } = manifest;
  if (Array.isArray(files) && files.every((entry) => PLACE.test(String(entry?.file)))) return manifest;
  throw new UserError('damaged-database', `${path} is damaged; delete it and export again`);
}

function parseVersioned(text: string, path: string): { lakeVersion: number } {
  let found: { lakeVersion?: number };
  try {
    found = Object(JSON.parse(text)) as { lakeVersion?: number };
  } catch {
    throw new UserError('damaged-database', `${path} is damaged; delete it and export again`);
  }
  const { lakeVersion } = found;
  if (lakeVersion === LAKE_VERSION) return { ...found, lakeVersion };
  const age = (lakeVersion ?? 0) > LAKE_VERSION ? 'a newer' : 'an older';
  throw new UserError(
    'other-version',
    `${path} is of ${age} dnslens (lake version ${lakeVersion}, this one knows ${LAKE_VERSION}); name another lake, or export again into an empty folder`,
  );
}
