import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { median, timed } from './timed.js';

const root = join(import.meta.dirname, '../..');
const program = join(root, 'dist/cli.js');
const evidence = join(root, 'fixtures/incidents/race-loss-1');

/** What commands cost that have little to do, beside a Node that has nothing to do; medians of `rounds`. */
export function startUp(rounds, folder) {
  const database = join(folder, 'small.duckdb');
  rmSync(database, { force: true });
  timed(process.execPath, [program, 'ingest', '-q', evidence, '--db', database]);
  const commands = {
    'node -e 0': ['-e', '0'],
    'dnslens --help': [program, '--help'],
    'dnslens report': [program, 'report', '--db', database],
  };
  return Object.entries(commands).map(([name, args]) => ({
    name,
    ...median(Array.from({ length: rounds }, () => timed(process.execPath, args))),
  }));
}
