import { createHash } from 'node:crypto';
import { mkdir, readdir, stat, utimes } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { expand } from '../input/expand.js';
import { removeDatabase } from '../store/database-file.js';
import { explainSystem } from '../base/system-fault.js';
import { version } from './version.js';

/** Databases of evidence that are kept; the one used longest ago goes first. */
const KEPT = 8;

const NAME = /^.{0,40}-[0-9a-f]{12}\.duckdb$/s;

/**
 * The database in the cache folder for this evidence, whether it is there yet or not. Its name stands for the files, their
 * sizes and when they changed, so that it never holds what is not there any more; `how` is what reading depends on beside
 * them. Standard input is never the same twice.
 */
export async function databaseFor(evidence: readonly string[], how: readonly string[]): Promise<string> {
  const folder = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'dnslens');
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
    throw explainSystem(folder, 'written', error);
  });
  const hash = createHash('sha256').update(
    JSON.stringify([version(), how, evidence.map((path) => resolve(path))]),
  );
  const { locations } = await expand(evidence);
  for (const { path, file } of locations) {
    const stats = file === '-' ? null : await stat(file).catch(() => null);
    hash.update(JSON.stringify([path, stats?.size, stats?.mtimeMs ?? Date.now()]));
  }
  const first = basename(resolve(evidence[0]!))
    .replace(/[^\w.-]/g, '_')
    .slice(0, 40);
  const name = `${first}-${hash.digest('hex').slice(0, 12)}.duckdb`;
  const now = new Date();
  // reading what is there already leaves the file as it is
  await utimes(join(folder, name), now, now).catch(() => undefined);
  await forgetOldest(folder, name);
  return join(folder, name);
}

async function forgetOldest(folder: string, but: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => NAME.test(name) && name !== but);
  const dated = await Promise.all(
    names.map(async (name) => ({
      name,
      used: (await stat(join(folder, name)).catch(() => null))?.mtimeMs ?? 0,
    })),
  );
  dated.sort((a, b) => b.used - a.used);
  for (const { name } of dated.slice(KEPT - 1)) {
    removeDatabase(join(folder, name));
  }
}
