import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UserError } from '../store/user-error.js';
import { parseQuery, type Query } from './query.js';
import { didYouMean } from '../models/suggest.js';

/** The package's own queries: beside src/ in a checkout, beside dist/ in an installed package. */
const BUNDLED = fileURLToPath(new URL('../../queries/', import.meta.url));

/** The folder of BUNDLED that holds models, which are no pack. */
const MODELS = 'models';

/** All queries that can be run, by id. */
export class Catalog {
  private readonly byId = new Map<string, Query>();

  constructor(queries: readonly Query[]) {
    for (const query of queries) {
      const other = this.byId.get(query.id);
      if (other) throw new UserError(`${query.path} has the id of ${other.path}, ${query.id}; rename one`);
      this.byId.set(query.id, query);
    }
  }

  /** Sorted by id, so that a pack's queries stand together. */
  get queries(): Query[] {
    return [...this.byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  get packs(): string[] {
    return [...new Set(this.queries.map((query) => query.pack))];
  }

  /** The query with this id; throws UserError with the nearest id. */
  get(id: string): Query {
    const query = this.byId.get(id);
    if (query) return query;
    throw this.unknown(id, 'query');
  }

  has(id: string): boolean {
    return this.byId.has(id);
  }

  /** The queries of some ids and packs, in the order they were named, none twice. */
  select(names: readonly string[]): Query[] {
    const selected = names.flatMap((name) => {
      if (this.byId.has(name)) return [this.byId.get(name)!];
      const pack = this.queries.filter((query) => `${query.pack}/`.startsWith(`${name.replace(/\/$/, '')}/`));
      if (pack.length > 0) return pack;
      throw this.unknown(name, 'query or pack');
    });
    return [...new Set(selected)];
  }

  private unknown(name: string, what: string): UserError {
    const guess = didYouMean(name, [...this.byId.keys(), ...this.packs]);
    return new UserError(`There is no ${what} "${name}"${guess || '; see: dnslens queries'}`);
  }
}

/** Loads the bundled queries and those of a user's folders. A folder's own files get its name as their pack. */
export function loadCatalog(folders: readonly string[] = []): Catalog {
  const bundled = sqlFiles(BUNDLED)
    .map((path) => ({ path, id: idOf(BUNDLED, path) }))
    .filter(({ id }) => !id.startsWith(`${MODELS}/`));
  const own = folders.flatMap((folder) => {
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
      throw new UserError(`${folder} is not a folder of queries`);
    }
    return sqlFiles(folder).map((path) => ({ path, id: ownId(folder, path) }));
  });
  return new Catalog(
    [...bundled, ...own].map(({ path, id }) => parseQuery(readFileSync(path, 'utf8'), id, path)),
  );
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
