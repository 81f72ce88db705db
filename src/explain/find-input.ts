import { stat } from 'node:fs/promises';
import { isArchive, mayUnpack, Unpacking } from '../input/archive/unpack.js';
import type { Location } from '../input/expand.js';
import { type OpenedInput, openInput } from '../input/open-input.js';
import { StoredBytes } from '../input/stored-bytes.js';

/**
 * Opens the input that a source was read from, by its path, in whatever archives it lay, and closes it after `use`; null where there
 * is none. Throws UserError where it cannot be read.
 */
export async function withInput<T>(path: string, use: (input: OpenedInput) => Promise<T>): Promise<T | null> {
  const unpacking = new Unpacking();
  try {
    const location = await locationOf(path, unpacking);
    return location === null ? null : await opened(location, use);
  } finally {
    unpacking.remove();
  }
}

async function locationOf(path: string, unpacking: Unpacking): Promise<Location | null> {
  if (path === '-') return null;
  let file = path;
  while (!(await isFile(file))) {
    const end = file.lastIndexOf('/');
    if (end <= 0) return null;
    file = file.slice(0, end);
  }
  let location: Location = { path: file, file, named: true };
  while (location.path !== path) {
    if (!mayUnpack(location)) return null;
    const archive: Location = location;
    const found: Location[] = await opened(archive, async ({ rawHead, chunks }) =>
      isArchive(rawHead) ? (await unpacking.unpack(archive, rawHead, chunks)).locations : [],
    );
    const next = found.find((one) => one.path === path || path.startsWith(`${one.path}/`));
    if (next === undefined) return null;
    location = next;
  }
  return location;
}

async function opened<T>({ path, file }: Location, use: (input: OpenedInput) => Promise<T>): Promise<T> {
  const ignore = () => undefined;
  const stored = await StoredBytes.open(file, ignore);
  try {
    return await use(await openInput(path, stored, ignore, () => true));
  } finally {
    await stored.close();
  }
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isFile(),
    () => false,
  );
}
