import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const SRC = join(ROOT, 'src');

/** An import of another file of src/, also one of its types only, or one that waits until it is needed. */
const IMPORT = /\b(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+)'/g;

/** A row of docs/architecture.md's table: a room and the rooms that it imports. */
const ROW = /^\| `([a-z-]+)` +\|[^|]+\| *([a-z-]+(?:, [a-z-]+)*)? *\|$/gm;

/** What each room may import, by the drawing. */
const declared = new Map(
  [...read('docs/architecture.md').matchAll(ROW)].map(([, room, imports = '']) => [
    room!,
    imports === '' ? [] : imports.split(', '),
  ]),
);

function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

function roomOf(path: string): string {
  return path.split('/')[0]!;
}

/** Every file of src/ with the files of src/ that it imports. */
const files = new Map(
  readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => [
      file,
      [...read(join('src', file)).matchAll(IMPORT)].map(([, path]) =>
        normalize(join(dirname(file), path!)).replace(/\.js$/, '.ts'),
      ),
    ]),
);

/** The rooms that each room imports, with the first file that does. */
function imported(): Map<string, Map<string, string>> {
  const rooms = new Map<string, Map<string, string>>();
  for (const [file, others] of files) {
    if (!file.includes('/')) continue;
    const room = roomOf(file);
    const imports = rooms.get(room) ?? new Map<string, string>();
    rooms.set(room, imports);
    for (const other of others.map(roomOf)) {
      if (other !== room && !imports.has(other)) imports.set(other, file);
    }
  }
  return rooms;
}

/** The first way of imports that was found to lead from a file back to itself. */
function circle(): string[] {
  const done = new Set<string>();
  const visit = (file: string, way: readonly string[]): string[] => {
    const at = way.indexOf(file);
    if (at !== -1) return [...way.slice(at), file];
    if (done.has(file)) return [];
    for (const other of files.get(file) ?? []) {
      const found = visit(other, [...way, file]);
      if (found.length > 0) return found;
    }
    done.add(file);
    return [];
  };
  for (const file of files.keys()) {
    const found = visit(file, []);
    if (found.length > 0) return found;
  }
  return [];
}

describe('the rooms', () => {
  const rooms = imported();
  const mayImportAll = ([, imports]: [string, string[]]) => imports.join() === 'all';

  it('are those of the table in docs/architecture.md', () => {
    expect([...rooms.keys()].toSorted()).toEqual([...declared.keys()].toSorted());
  });

  it('import what their row of the table says, and nothing else', () => {
    const strange = [...rooms].flatMap(([room, imports]) => {
      const allowed = declared.get(room) ?? [];
      if (allowed.join() === 'all') return [];
      return [...imports]
        .filter(([other]) => !allowed.includes(other))
        .map(([other, file]) => `src/${file} imports ${other}`);
    });
    expect(strange).toEqual([]);
  });

  it('have no room in their row that they do not import', () => {
    const unused = [...declared]
      .filter((row) => !mayImportAll(row))
      .flatMap(([room, allowed]) =>
        allowed.filter((other) => !rooms.get(room)?.has(other)).map((other) => `${room} names ${other}`),
      );
    expect(unused).toEqual([]);
  });

  it('import only rooms above them, so that none knows one that knows it', () => {
    const order = [...declared.keys()];
    const downward = [...declared]
      .filter((row) => !mayImportAll(row))
      .flatMap(([room, allowed]) =>
        allowed
          .filter((other) => order.indexOf(other) >= order.indexOf(room))
          .map((other) => `${room}: ${other}`),
      );
    expect(downward).toEqual([]);
  });

  it('are few for whom every door is open', () => {
    expect([...declared].filter(mayImportAll).map(([room]) => room)).toEqual(['cli']);
  });
});

it('what can be typed and what stands before the screen know no command', () => {
  const apart = /^cli\/(?:grammar|completion|terminal)\//;
  const imports = [...files].filter(([file]) => apart.test(file));
  expect(imports.length).toBeGreaterThan(20);
  expect(
    imports.flatMap(([file, others]) =>
      others
        .filter((other) => other.startsWith('cli/') && !apart.test(other))
        .map((other) => `${file}: ${other}`),
    ),
  ).toEqual([]);
});

it('no file imports itself over others', () => {
  expect(files.size).toBeGreaterThan(100);
  expect(circle()).toEqual([]);
});

/** Folders that are made, and not kept. */
const MADE = read('.gitignore')
  .split('\n')
  .filter((line) => line.includes('/'));

/** A path of this repository as texts name it; words in capitals stand for any name. */
const PATH = /(?<![\w./-])(?:\.ci|assembly|bench|deploy|docs|fixtures|queries|src|test)\/[\w./-]*[\w/]/g;

it.each(['CONTRIBUTING.md', 'docs/architecture.md', 'README.md'])('%s names files that are there', (text) => {
  const isMade = (path: string) => MADE.some((folder) => path.startsWith(folder));
  const paths = [...read(text).matchAll(PATH)]
    .map(([path]) => path)
    .filter((path) => !/[A-Z]{3}/.test(path) && !isMade(path));
  expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  expect(paths).not.toEqual([]);
});

it.each(['CONTRIBUTING.md', 'docs/architecture.md', 'README.md'])('%s links to what is there', (text) => {
  const links = [...read(text).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, link]) => link!);
  const local = links.filter((link) => !/^[a-z]+:/.test(link));
  expect(local.filter((link) => !existsSync(join(ROOT, dirname(text), link)))).toEqual([]);
});
