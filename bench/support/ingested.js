import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

const CLI = join(import.meta.dirname, '..', '..', 'dist', 'cli.js');

/** Reads a folder of evidence, but for its truth/, into a database in `folder`; gives back the database's path. */
export function ingested(path, folder) {
  const file = join(folder, `${basename(path)}.duckdb`);
  const evidence = readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((one) => !one.slice(path.length).split('/').includes('truth'));
  execFileSync(process.execPath, [CLI, 'ingest', '--db', file, ...evidence], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  return file;
}
