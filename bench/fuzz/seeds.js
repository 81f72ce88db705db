import { readdirSync, readFileSync, statSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { spawnSync } from 'node:child_process';
import { KINDS } from '../../dist/ingest/kinds.js';

const ROOT = join(import.meta.dirname, '..', '..');

/** The project's own fixtures. */
const FIXTURES = ['fixtures/captures', 'fixtures/incidents'];

/** Names further folders with evidence, for the processes that fuzz.js starts too: paths as PATH lists them. */
const ALSO = 'DNSLENS_FUZZ_ALSO';

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

/** Adds these folders to the fixtures. */
export function addFolders(folders) {
  process.env[ALSO] = folders.map((folder) => resolve(folder)).join(delimiter);
}

/** Evidence to damage: `{ name, bytes }`, each once, in the same order in every run. */
export function loadSeeds() {
  const also = (process.env[ALSO] ?? '').split(delimiter).filter((folder) => folder !== '');
  const seeds = [...FIXTURES, ...also].flatMap((folder) => {
    const path = resolve(ROOT, folder);
    return readdirSync(path, { recursive: true })
      .filter((file) => !NO_EVIDENCE.test(file) && statSync(join(path, file)).isFile())
      .sort()
      .map((file) => ({ name: `${folder}/${file}`, path: join(path, file) }));
  });
  const read = seeds.map(({ name, path }) => ({ name, bytes: readFileSync(path).subarray(0, MOST_BYTES) }));
  const files = [...read, ...samples()];
  const small = files.filter(({ bytes }) => bytes.length > 1000 && bytes.length < 20_000);
  return [...files, ...compressed(small.filter((_, i) => i % Math.ceil(small.length / 12) === 0))];
}

/** A text of each kind, as the table of kinds has it: a new kind is damaged from its first day on. */
function samples() {
  return KINDS.filter(({ isBinary }) => !isBinary).map(({ kind, about }) => ({
    name: `sample of ${kind}`,
    bytes: Buffer.from(`${about.whole ?? about.sample}\n`.repeat(20)),
  }));
}

function compressed(files) {
  return COMPRESSORS.flatMap(([program, ...args]) =>
    files.flatMap(({ name, bytes }) => {
      const { stdout, status } = spawnSync(program, args, { input: bytes });
      return status === 0 ? [{ name: `${name} in ${program}`, bytes: stdout }] : [];
    }),
  );
}
