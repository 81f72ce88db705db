import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What one task came to. */
export interface Gathered {
  file: string;
  what: string;
  /** The words of its command. */
  command: readonly string[];
  bytes: number;
  /** Null where it went well. */
  failed: string | null;
}

/** A node's clock beside this machine's. */
export interface Clock {
  node: string;
  /** The node's time less this machine's, and how wrong that may be; seconds. */
  offset_seconds: number;
  within_seconds: number;
}

/** What was gathered, where, when and by which commands; in the evidence's folder. */
export interface Manifest {
  format: 'dnslens-collect/1';
  dnslens: string;
  started: string;
  ended: string | null;
  seconds: number;
  interrupted: boolean;
  service: string | null;
  servers: string[];
  nodes: string[];
  clocks: Clock[];
  gathered: Gathered[];
  /** Sentences: what could not be had, and why. */
  missing: string[];
}

const MANIFEST = 'manifest.json';

export function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  return writeFile(join(folder, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 });
}
