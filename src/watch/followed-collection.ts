import { statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { type Gathered, MANIFEST, type Manifest } from '../cluster/collection/manifest.js';
import { Collections, manifestIn } from '../ingest/collections.js';
import { expand, type Location } from '../input/expand.js';
import type { Watch } from './watch.js';

/** Looked for new files so often; milliseconds. */
const LOOK_MS = 1000;
/** Times that are looked until a file is read though its node's clock is not measured yet. */
const MOST_LOOKS = 5;

/** Whether a folder is one of `dnslens collect`. */
export function isCollection(folder: string): boolean {
  const isThere = (path: string) => statSync(path, { throwIfNoEntry: false });
  return isThere(folder)?.isDirectory() === true && isThere(join(folder, MANIFEST))?.isFile() === true;
}

/**
 * Follows what `dnslens collect` gathers into a folder: each file that its manifest names from when it is there, until the
 * manifest says that no more comes. What the manifest says of clocks, labels and interfaces counts as it does for `ingest`.
 */
export async function followCollection(watch: Watch, given: string): Promise<void> {
  const folder = join(given, '.').replace(/(?<=.)\/$/, '');
  const followed = new Map<string, Promise<void>>();
  const looks = new Map<string, number>();
  let collections = new Collections();
  while (!watch.stopped.aborted) {
    const { locations } = await expand([folder]);
    const manifest = await theManifest(folder, locations);
    collections = new Collections();
    await collections.learn(locations);
    for (const location of locations) {
      const { path } = location;
      const file = manifest?.gathered.find((one) => path === join(folder, one.file));
      if (!file || followed.has(path)) continue;
      looks.set(path, (looks.get(path) ?? 0) + 1);
      const isLate = looks.get(path)! > MOST_LOOKS;
      if (!isLate && !isReady(file, manifest!)) continue;
      const told = () => collections.of(path) ?? { label: null, aheadSeconds: 0 };
      followed.set(path, watch.followLocation({ ...location, named: false }, told));
    }
    if (manifest?.listened != null || manifest?.ended != null) break;
    await after(LOOK_MS, undefined, { signal: watch.stopped }).catch(() => undefined);
  }
  watch.stop();
  await Promise.all(followed.values());
}

/** What is written as a whole is there when it is whole; what is of a node is read by the node's clock. */
function isReady({ node }: Gathered, { clocks }: Manifest): boolean {
  return node === null || clocks.some((clock) => clock.node === node);
}

async function theManifest(folder: string, locations: readonly Location[]): Promise<Manifest | null> {
  const there = locations.find(({ path }) => path === join(folder, MANIFEST));
  return there === undefined ? null : manifestIn(there);
}
