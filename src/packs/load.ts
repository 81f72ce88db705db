import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UserError } from '../base/user-error.js';
import { packOf, parseQuery, type Query } from './query.js';
import { didYouMean } from '../base/suggest.js';

/** The package's own queries: beside src/ in a checkout, beside dist/ in an installed package. */
const BUNDLED = fileURLToPath(new URL('../../queries/', import.meta.url));

/** The folders of BUNDLED that are no packs: models, causes, and views over many databases. */
const NO_PACKS = ['models', 'causes', 'lake'];

/** A query's file; it is read and checked when the query is asked for, and then kept. */
class QueryFile {
  private parsed: Query | undefined;

  constructor(
    readonly id: string,
    readonly path: string,
  ) {}

  get pack(): string {
    return packOf(this.id);
  }

  get query(): Query {
    return (this.parsed ??= parseQuery(readFileSync(this.path, 'utf8'), this.id, this.path));
  }
}

/** All queries that can be run, by id. */
export class Catalog {
  private readonly byId = new Map<string, QueryFile>();

  constructor(files: readonly QueryFile[]) {
    for (const file of files) {
      const other = this.byId.get(file.id);
      if (other)
        throw new UserError(
          'wrong-query-file',
          `${file.path} has the id of ${other.path}, ${file.id}; rename one`,
        );
      this.byId.set(file.id, file);
    }
  }

  get queries(): Query[] {
    return this.files.map(({ query }) => query);
  }

  get ids(): string[] {
    return this.files.map(({ id }) => id);
  }

  get packs(): string[] {
    return [...new Set(this.files.map(({ pack }) => pack))];
  }

  /** The query with this id; throws UserError with the nearest id. */
  get(id: string): Query {
    const file = this.byId.get(id);
    if (file) return file.query;
    throw this.unknown(id, 'query');
  }

  has(id: string): boolean {
    return this.byId.has(id);
  }

  /** The queries of some ids and packs, in the order they were named, none twice. */
  select(names: readonly string[]): Query[] {
    const selected = names.flatMap((name) => {
      if (this.byId.has(name)) return [this.byId.get(name)!];
      const pack = this.files.filter((file) => `${file.pack}/`.startsWith(`${name.replace(/\/$/, '')}/`));
      if (pack.length > 0) return pack;
      throw this.unknown(name, 'query or pack');
    });
    return [...new Set(selected)].map(({ query }) => query);
  }

  /** Sorted by id, so that a pack's queries stand together. */
  private get files(): QueryFile[] {
    return [...this.byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  private unknown(name: string, what: string): UserError {
    const guess = didYouMean(name, [...this.ids, ...this.packs]);
    return new UserError(
      'unknown-query',
      `There is no ${what} "${name}"${guess || '; see: dnslens queries'}`,
    );
  }
}

/** The bundled queries and those of a user's folders. A folder's own files get its name as their pack. */
export function loadCatalog(folders: readonly string[] = []): Catalog {
  const bundled = sqlFiles(BUNDLED)
    .map((path) => new QueryFile(idOf(BUNDLED, path), path))
    .filter(({ id }) => !NO_PACKS.includes(id.split('/')[0]!));
  const own = folders.flatMap((folder) => {
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
      throw new UserError('no-such-file', `${folder} is not a folder of queries`);
    }
    return sqlFiles(folder).map((path) => new QueryFile(ownId(folder, path), path));
  });
  return new Catalog([...bundled, ...own]);
}

function sqlFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.sql'))
    .map((name) => join(folder, name))
    .sort();
}

function idOf(folder: string, path: string): string {
  return relative(folder, path).slice(0, -'.sql'.length).split(sep).join('/');
}

function ownId(folder: string, path: string): string {
  const id = idOf(folder, path);
  return id.includes('/') ? id : `${basename(resolve(folder))}/${id}`;
}
