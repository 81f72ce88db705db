import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';

const ROOT = join(import.meta.dirname, '..', '..');

/** The project's own fixtures, and evidence beside a checkout where there is any. */
const FOLDERS = [
  'fixtures/captures',
  'fixtures/incidents',
  '../shared/corpus/pcaps',
  '../shared/samples',
  '../shared/incidents',
];

/** A file larger than this is a seed by its beginning. */
const MOST_BYTES = 200_000;

const NO_EVIDENCE = /(^|\/)(truth\/|README|.*\.(md|js|ts|tsv)$)/;

/** What compresses a seed, so that damage to compressed streams is tried: the program, and what it is called with. */
const COMPRESSORS = [
  ['gzip', '-c'],
  ['zstd', '-c', '--check'],
  ['xz', '-c'],
  ['lz4', '-c'],
];

/** Evidence to damage: `{ name, bytes }`, each once, in the same order in every run. */
export function loadSeeds() {
  const seeds = FOLDERS.flatMap((folder) => {
    const path = join(ROOT, folder);
    if (!existsSync(path)) return [];
    return readdirSync(path, { recursive: true })
      .filter((file) => !NO_EVIDENCE.test(file) && statSync(join(path, file)).isFile())
      .sort()
      .map((file) => ({ name: `${folder}/${file}`, path: join(path, file) }));
  });
  const files = seeds.map(({ name, path }) => ({ name, bytes: readFileSync(path).subarray(0, MOST_BYTES) }));
  const small = files.filter(({ bytes }) => bytes.length > 1000 && bytes.length < 20_000);
  return [...files, ...compressed(small.filter((_, i) => i % Math.ceil(small.length / 12) === 0))];
}

function compressed(files) {
  return COMPRESSORS.flatMap(([program, ...args]) =>
    files.flatMap(({ name, bytes }) => {
      const { stdout, status } = spawnSync(program, args, { input: bytes });
      return status === 0 ? [{ name: `${name} in ${program}`, bytes: stdout }] : [];
    }),
  );
}
