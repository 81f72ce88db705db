import { readFile } from 'node:fs/promises';
import {
  aheadOf,
  type Gathered,
  MANIFEST,
  type Manifest,
  MOST_MANIFEST_BYTES,
  parseManifest,
} from '../cluster/collection/manifest.js';
import type { Location } from '../input/expand.js';
import { sizeOnDisk } from './read-input.js';

/** What is said of a file beside its bytes, as by a manifest. */
export interface Told {
  label: string | null;
  /** By how much the clock of its times is ahead; seconds. */
  aheadSeconds: number;
  /** Names of a node's interfaces by index, of captures on it. */
  interfaces?: ReadonlyMap<number, string>;
}

/** A folder of `dnslens collect`. */
interface Folder {
  manifest: Manifest;
  files: Map<string, Gathered>;
  /** By node. */
  interfaces: Map<string, ReadonlyMap<number, string>>;
}

/** Bytes of a list of a node's interfaces; one with some thousand pods has fewer. */
const MOST_LIST_BYTES = 1 << 20;

/** The folders of `dnslens collect` among the inputs: their manifests say where each file comes from and by which clock. */
export class Collections {
  private readonly folders = new Map<string, Folder>();

  /** Looks for manifests among inputs. */
  async learn(locations: readonly Location[]): Promise<void> {
    for (const location of locations) {
      const { path } = location;
      if (!path.endsWith(`/${MANIFEST}`)) continue;
      const folder = path.slice(0, -MANIFEST.length - 1);
      const manifest = await manifestIn(location);
      if (!manifest || this.folders.has(folder)) continue;
      const files = new Map(manifest.gathered.map((one) => [one.file, one]));
      const interfaces = await interfacesIn(folder, manifest, locations);
      this.folders.set(folder, { manifest, files, interfaces });
    }
  }

  /** What the manifest of the nearest folder says of a file; null where there is none, or it does not name the file. */
  of(path: string): Told | null {
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
      const found = this.folders.get(path.slice(0, at));
      const file = found?.files.get(path.slice(at + 1));
      if (!found || !file) continue;
      const { node, label } = file;
      const interfaces = label !== null && label === node ? found.interfaces.get(node) : undefined;
      return { label, aheadSeconds: aheadOf(found.manifest, node), ...(interfaces ? { interfaces } : {}) };
    }
    return null;
  }
}

async function interfacesIn(
  folder: string,
  { gathered }: Manifest,
  locations: readonly Location[],
): Promise<Folder['interfaces']> {
  const lists: Folder['interfaces'] = new Map();
  for (const { evidence, node, file } of gathered) {
    const location = locations.find(({ path }) => path === `${folder}/${file}`);
    if (evidence !== 'interfaces' || node === null || !location) continue;
    const lines = (await textOf(location, MOST_LIST_BYTES)).split('\n');
    const named = lines
      .map((line) => /^(\d{1,9}) ([\w.:-]{1,15})$/.exec(line))
      .filter((found) => found !== null);
    lists.set(node, new Map(named.map((found) => [Number(found[1]), found[2]!])));
  }
  return lists;
}

/** The manifest in a file; null where it is none. */
export async function manifestIn(location: Location): Promise<Manifest | null> {
  return parseManifest(await textOf(location, MOST_MANIFEST_BYTES));
}

/** A file's text; empty where it is longer than it may be, or cannot be read. */
async function textOf(location: Location, most: number): Promise<string> {
  const size = await sizeOnDisk(location);
  if (size === null || size > most) return '';
  return readFile(location.file, 'utf8').catch(() => '');
}
