import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from '../../src/cluster/collection/manifest.js';
import { dnslens, temporaryFolder } from '../support/cli.js';
import type { FakeKubectl } from './fake-kubectl.js';

/** The files of a folder, by their paths in it. */
export function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

/** What a collection says of itself. */
export function manifestIn(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest;
}

/** Runs dnslens collect for a second with this kubectl. */
export function collected(
  kubectl: FakeKubectl,
  args: readonly string[] = [],
  env: Record<string, string> = {},
) {
  const cwd = temporaryFolder();
  const words = ['collect', '--yes', '--for', '1s', '--out', 'out', ...args];
  const ran = dnslens(words, { cwd, env: { PATH: kubectl.path, ...env } });
  return { ...ran, cwd, folder: join(cwd, 'out') };
}
