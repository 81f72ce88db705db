import { LAKE_VERSION } from './batch.js';
import { UserError } from '../store/user-error.js';

/** Folder of a lake that holds a manifest for each batch; engines skip what starts with an underscore. */
export const MANIFESTS = '_manifests';

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

/** Reads a manifest's text. Throws UserError where it is damaged or of a version that is not known here. */
export function parseManifest(text: string, path: string): Manifest {
  let manifest: Partial<Manifest>;
  try {
    manifest = JSON.parse(text) as Partial<Manifest>;
  } catch {
    throw new UserError(`${path} is no manifest of a lake; delete it and export again`);
  }
  checkVersion(manifest.lakeVersion, path);
  return manifest as Manifest;
}

function checkVersion(version: number | undefined, path: string): void {
  if (version === LAKE_VERSION) return;
  const age = (version ?? 0) > LAKE_VERSION ? 'a newer' : 'an older';
  throw new UserError(
    `${path} is of ${age} dnslens (lake version ${version}, this one knows ${LAKE_VERSION}); export into another folder`,
  );
}
