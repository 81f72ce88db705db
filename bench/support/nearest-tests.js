// Which tests are nearest to a file of src/ or queries/.
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';
import { globSync } from 'tinyglobby';

/** A browser is slow to start, and what it shows has tests of its own that are nearer. */
export class NearestTests {
  constructor() {
    this.tests = new Map(
      globSync(['test/**/*.test.ts', '!test/browser/**'])
        .sort()
        .map((path) => [path, readFileSync(path, 'utf8')]),
    );
    this.importers = new Map();
    this.imported = new Map();
    for (const path of globSync(['src/**/*.ts', 'test/**/*.ts'])) {
      const imported = importsOf(path);
      this.imported.set(path, imported);
      for (const one of imported) this.importers.set(one, [...(this.importers.get(one) ?? []), path]);
    }
    this.reaches = new Map();
  }

  /** Test files, the nearest first. */
  of(file) {
    return [...new Set(file.endsWith('.sql') ? this.ofSql(file) : this.ofTypeScript(file))];
  }

  /** Tests of the built program's commands of the name of a file's room; a query is read by too many to say. */
  ofProgram(file) {
    const [top, room] = file.split('/');
    if (top !== 'src') return [];
    return [...this.tests.keys()].filter(
      (path) => path.startsWith('test/cli/') && basename(path).split(/[-.]/).includes(room),
    );
  }

  /** The mirrors of the file and of its folders, then those that import it over the fewest files; of equals those that import the least in all. */
  ofTypeScript(file) {
    const mirrors = [];
    const own = file.replace(/^src\//, 'test/').replace(/\.ts$/, '');
    for (let path = own; path !== 'test'; path = dirname(path)) mirrors.push(`${path}.test.ts`);
    const distances = new Map([[file, 0]]);
    for (const path of distances.keys()) {
      for (const importer of this.importers.get(path) ?? []) {
        if (!distances.has(importer)) distances.set(importer, distances.get(path) + 1);
      }
    }
    const found = [...distances].filter(([path]) => this.tests.has(path));
    found.sort(([a, near], [b, far]) => near - far || this.reach(a) - this.reach(b));
    return [...mirrors.filter((path) => existsSync(path)), ...found.map(([path]) => path)];
  }

  reach(test) {
    const known = this.reaches.get(test);
    if (known !== undefined) return known;
    const reached = new Set([test]);
    for (const path of reached) for (const one of this.imported.get(path) ?? []) reached.add(one);
    this.reaches.set(test, reached.size);
    return reached.size;
  }

  /** The mirror of a cause or a pack, then those that give or ask the model or query by its name. */
  ofSql(file) {
    const [name, folder] = [basename(file, '.sql'), dirname(file)];
    const table = name.replace(/^.*\./, '');
    const mirrors = [
      `test/${folder}/${name}.test.ts`,
      `test/${folder}.test.ts`,
      `test/queries/models/${table.replaceAll('_', '-')}.test.ts`,
    ];
    const names = [`'${name}'`, `${basename(folder)}/${name}`, `.${table}`, ` ${table}`];
    const named = names.flatMap((text) =>
      [...this.tests.keys()].filter(
        (path) => path.startsWith('test/queries/') && this.tests.get(path).includes(text),
      ),
    );
    return [...mirrors.filter((path) => existsSync(path)), ...named];
  }
}

function importsOf(path) {
  const found = readFileSync(path, 'utf8').matchAll(/(?:from |import\()'(\.[^']+)\.js'/g);
  return [...found].map(([, to]) => normalize(join(dirname(path), `${to}.ts`)));
}
