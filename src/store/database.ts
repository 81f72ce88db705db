import { randomInt } from 'node:crypto';
import duckdb from '@duckdb/node-bindings';
import type { DuckDBConnection } from '@duckdb/node-api';
import { attach, attachOrMake } from './attach.js';
import { type CatalogEntry, catalogsOf, DECLARED } from './catalog.js';
import { type DatabaseFile, databaseFile, filesOf } from './database-file.js';
import { schemaStatements } from './ddl.js';
import { duckdbApi } from './duckdb-api.js';
import { checkEvidence } from './evidence-check.js';
import { textLiteral } from '../base/sql-text.js';
import { explainFault, explainOpen } from './storage-fault.js';
import type { Statements } from './statements.js';
import { UserError } from '../base/user-error.js';
import { HELD_SETTINGS, type Megabytes } from './writing-memory.js';

export interface OpenOptions {
  /** Reports and `sql` open read-only. */
  readOnly?: boolean;
  /** Upper bound on DuckDB's memory; its own default where not given. */
  memoryLimit?: Megabytes;
  /** Folders (or URLs' prefixes) that statements may read files of. */
  reads?: readonly string[];
  /** The one folder (or URL's prefix) that a read-only database may write files into. */
  writesTo?: string;
  /** Loads what is needed for that, before anything is opened. */
  prepare?: (database: Database) => Promise<void>;
  /** Another file whose raw tables can be read, and never written, as those of the database `origin`. */
  origin?: string;
  /** Statements that make what `declared` is to have beside the raw tables. */
  declares?: readonly string[];
  /** Whether what does not fit into memory may go into files beside the database, as it does unless this is false. */
  spills?: boolean;
  /** Told once when the database is closed. */
  onClose?: () => void;
}

/** What the file is attached as: a name of ours, as the file's own may be that of a schema, such as `raw`. */
const CATALOG = 'dnslens';
/** What `OpenOptions.origin` is attached as. */
export const ORIGIN = 'origin';

/** Settings that dnslens itself changes in a database that it writes; all others are locked. */
const OWN_SETTINGS = [...HELD_SETTINGS, 'preserve_insertion_order', 'asof_loop_join_threshold'];

/** An open database: `query` for everything in SQL, `handle` for DuckDB's own appender calls. */
export class Database implements Statements {
  /** Folders that statements can read from and, where DuckDB is left to itself, write into. */
  reaches: readonly string[] = [];
  /** All that the file declared when it was opened, beside what DuckDB has of itself. */
  entries: readonly CatalogEntry[] = [];
  /** What this version declares, in the same words. */
  declared: readonly CatalogEntry[] = [];
  private onClose: (() => void) | undefined;

  private constructor(
    readonly path: string,
    /** What DuckDB may hold in memory; undefined for as much as it thinks right. */
    readonly memoryLimit: Megabytes | undefined,
    private readonly instance: duckdb.Database,
    readonly handle: duckdb.Connection,
    readonly connection: DuckDBConnection,
  ) {}

  /**
   * Opens a database of evidence, or makes it where it is missing (not read-only). Throws UserError where the file is
   * locked, damaged, of another version, cannot be written, or holds anything that no dnslens puts there.
   */
  static async open(path: string, options: OpenOptions = {}): Promise<Database> {
    const file = path === ':memory:' ? null : databaseFile(path);
    if (options.readOnly && file?.state !== 'there') throw notMadeYet(path);
    const database = await connect(path, file, options);
    try {
      await database.prepare(options.readOnly === true);
    } catch (error) {
      database.close();
      throw error;
    }
    return database;
  }

  /** Opens or makes a database that has nothing of our schema, or a copy of our own; `name` is what messages call it. */
  static async plain(
    path: string,
    { name = path, ...options }: OpenOptions & { name?: string } = {},
  ): Promise<Database> {
    return connect(name, path === ':memory:' ? null : databaseFile(path), options);
  }

  async run(sql: string): Promise<void> {
    await this.connection.run(sql).catch((error: unknown) => {
      throw explainFault(this.path, error);
    });
  }

  async rows<T = Record<string, unknown>>(sql: string): Promise<T[]> {
    const reader = await this.connection.runAndReadAll(sql).catch((error: unknown) => {
      throw explainFault(this.path, error);
    });
    return reader.getRowObjectsJS() as T[];
  }

  close(): void {
    this.connection.closeSync();
    duckdb.close_sync(this.instance);
    this.onClose?.();
    this.onClose = undefined;
  }

  private async prepare(readOnly: boolean): Promise<void> {
    if (this.entries.length > 0) return checkEvidence(this, this.path, CATALOG, this.entries);
    if (readOnly) throw notMadeYet(this.path);
    await this.run('begin');
    for (const statement of schemaStatements(randomInt(1, 2 ** 32))) await this.run(statement);
    await this.run('commit');
  }

  /** @internal Opens nothing yet: an instance of DuckDB that reaches only what `options` name. */
  static async confined(path: string, file: DatabaseFile | null, options: OpenOptions): Promise<Database> {
    const config = duckdb.create_config();
    const set = (name: string, value: string) => duckdb.set_config(config, name, value);
    set('autoinstall_known_extensions', 'false');
    set('preserve_insertion_order', 'false');
    // what is more than fits into memory stands beside the file, as DuckDB does by itself
    set('temp_directory', file === null || options.spills === false ? '' : `${file.path}.tmp`);
    if (options.memoryLimit) set('memory_limit', options.memoryLimit);
    const instance = await duckdb.open(':memory:', config);
    const handle = await duckdb.connect(instance);
    const database = new Database(
      path,
      options.memoryLimit,
      instance,
      handle,
      new duckdbApi.DuckDBConnection(handle),
    );
    try {
      await database.run("set timezone = 'UTC'").catch(() => undefined);
      await options.prepare?.(database);
      await database.confine(file, options);
    } catch (error) {
      database.close();
      throw error;
    }
    database.onClose = options.onClose;
    return database;
  }

  /** Lets statements reach no file but these, and nothing change that again. */
  private async confine(
    file: DatabaseFile | null,
    { reads = [], writesTo, origin, readOnly }: OpenOptions,
  ): Promise<void> {
    const files = [file?.path, origin && databaseFile(origin).path].filter((path) => path !== undefined);
    this.reaches = writesTo === undefined ? reads : [...reads, writesTo];
    await this.run(
      [
        `set allowed_paths = ${list(files.flatMap(filesOf))}`,
        `set allowed_directories = ${list(this.reaches)}`,
        'set autoload_known_extensions = false',
        'set enable_external_access = false',
        ...(readOnly ? [] : [`set allowed_configs = ${list(OWN_SETTINGS)}`]),
        'set lock_configuration = true',
      ].join('; '),
    );
  }
}

function list(texts: readonly string[]): string {
  return `[${texts.map(textLiteral).join(', ')}]`;
}

/** The one way to open anything: confines DuckDB first, and attaches then what was named. */
async function connect(path: string, file: DatabaseFile | null, options: OpenOptions): Promise<Database> {
  let database: Database | undefined;
  try {
    database = await Database.confined(path, file, options);
    if (file !== null) {
      const { connection } = database;
      await attachOrMake(connection, file, CATALOG, options.readOnly === true);
      await connection.run(`use ${CATALOG}; detach memory`);
    }
    if (options.origin !== undefined)
      await attach(database.connection, databaseFile(options.origin), ORIGIN, true);
    await inspect(database, file, options);
    return database;
  } catch (error) {
    database?.close();
    if (error instanceof UserError) throw error;
    throw explainOpen(path, error);
  }
}

/** Finds out what the attached files declare, before anything of them is asked; an origin must be evidence. */
async function inspect(
  database: Database,
  file: DatabaseFile | null,
  { origin, declares = [] }: OpenOptions,
): Promise<void> {
  const names = [...(file === null ? [] : [CATALOG]), ...(origin === undefined ? [] : [ORIGIN])];
  if (origin === undefined && file?.state !== 'there') return;
  const catalogs = await catalogsOf(database, names, declares);
  database.declared = catalogs.get(DECLARED)!;
  database.entries = catalogs.get(CATALOG) ?? [];
  if (origin !== undefined) await checkEvidence(database, origin, ORIGIN, catalogs.get(ORIGIN)!);
}

function notMadeYet(path: string): UserError {
  return new UserError(
    'no-database',
    `There is no database ${path} yet; make one with: dnslens ingest PATH... --db ${path}`,
  );
}
