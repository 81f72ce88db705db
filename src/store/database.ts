import { rmSync, statSync } from 'node:fs';
import { randomInt } from 'node:crypto';
import duckdb from '@duckdb/node-bindings';
import type { DuckDBConnection } from '@duckdb/node-api';
import { SCHEMA_VERSION, schemaStatements } from './ddl.js';
import { duckdbApi } from './duckdb-api.js';
import { textLiteral } from './sql-text.js';
import { explainFault, explainOpen } from './storage-fault.js';
import { UserError } from './user-error.js';

export interface OpenOptions {
  /** Reports and `sql` open read-only, with external access off. */
  readOnly?: boolean;
  /** Upper bound on DuckDB's memory, such as `1GB`; its own default where not given. */
  memoryLimit?: string;
  /** The one folder (or URL's prefix) that a read-only database may write files into. */
  writesTo?: string;
  /** Loads what is needed for that, before external access is off. */
  prepare?: (database: Database) => Promise<void>;
}

/** An open database file: `query` for everything in SQL, `handle` for DuckDB's own appender calls. */
export class Database {
  /** Folders that statements can read from and, where DuckDB is left to itself, write into. */
  reaches: readonly string[] = [];

  private constructor(
    readonly path: string,
    private readonly instance: duckdb.Database,
    readonly handle: duckdb.Connection,
    readonly connection: DuckDBConnection,
  ) {}

  /**
   * Opens `path`, or makes it where it is missing (not read-only). Throws UserError where the file is
   * locked, damaged, not a database of ours, of another version, or cannot be written.
   */
  static async open(path: string, options: OpenOptions = {}): Promise<Database> {
    const missing = path !== ':memory:' && isMissing(path);
    if (missing && options.readOnly) {
      throw new UserError(
        `There is no database ${path} yet; make one with: dnslens ingest PATH... --db ${path}`,
      );
    }
    // DuckDB takes an empty file, left by mktemp or a run killed at its very start, for a broken one.
    if (missing) rmSync(path, { force: true });
    const database = await connect(path, options);
    try {
      await database.prepare(missing || path === ':memory:', options.readOnly === true);
    } catch (error) {
      database.close();
      throw error;
    }
    return database;
  }

  /** Opens or makes a database that has nothing of our schema; `name` is what messages call it. */
  static async plain(
    path: string,
    { name = path, ...options }: OpenOptions & { name?: string } = {},
  ): Promise<Database> {
    const { instance, handle, connection } = await connect(path, options);
    return new Database(name, instance, handle, connection);
  }

  async run(sql: string): Promise<void> {
    await this.connection.run(sql).catch((error: unknown) => {
      throw explainFault(this.path, error);
    });
  }

  /** All rows of a statement as objects, with DuckDB's values as plain JS ones. */
  async rows<T = Record<string, unknown>>(sql: string): Promise<T[]> {
    const reader = await this.connection.runAndReadAll(sql).catch((error: unknown) => {
      throw explainFault(this.path, error);
    });
    return reader.getRowObjectsJS() as T[];
  }

  /** Lets statements reach no file but those in these folders, and nothing change that again. */
  async confine(folders: readonly string[]): Promise<void> {
    const list = folders.map(textLiteral).join(', ');
    if (list !== '') await this.run(`set allowed_directories = [${list}]`);
    await this.run('set enable_external_access = false');
    await this.run('set lock_configuration = true');
    this.reaches = folders;
  }

  close(): void {
    this.connection.closeSync();
    duckdb.close_sync(this.instance);
  }

  private async prepare(fresh: boolean, readOnly: boolean): Promise<void> {
    const version = await this.schemaVersion();
    if (version !== null) return this.checkVersion(version);
    const others = await this.rows(
      "select 1 from information_schema.tables where table_schema <> 'information_schema'",
    );
    if (readOnly || (!fresh && others.length > 0)) {
      throw new UserError(`${this.path} is a DuckDB file that dnslens did not make; name another with --db`);
    }
    await this.run('begin');
    for (const statement of schemaStatements(randomInt(1, 2 ** 32))) await this.run(statement);
    await this.run('commit');
  }

  /** Null where there is no such table; asking the information schema for it would take many times as long. */
  private async schemaVersion(): Promise<number | null> {
    try {
      const [meta] = await this.rows<{ version: number }>('select schema_version as version from raw.meta');
      return meta?.version ?? null;
    } catch (error) {
      if (error instanceof Error && error.message.startsWith('Catalog Error')) return null;
      throw error;
    }
  }

  private checkVersion(version: number): void {
    if (version === SCHEMA_VERSION) return;
    const age = version > SCHEMA_VERSION ? 'a newer' : 'an older';
    throw new UserError(
      `${this.path} was made by ${age} dnslens (schema ${version}, this one reads ${SCHEMA_VERSION}); ingest the evidence again into another --db`,
    );
  }

  /** @internal */
  static of(path: string, instance: duckdb.Database, handle: duckdb.Connection): Database {
    return new Database(path, instance, handle, new duckdbApi.DuckDBConnection(handle));
  }
}

function isMissing(path: string): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats === undefined || (stats.isFile() && stats.size === 0);
}

async function connect(path: string, options: OpenOptions): Promise<Database> {
  const config = duckdb.create_config();
  const set = (name: string, value: string) => duckdb.set_config(config, name, value);
  set('access_mode', options.readOnly ? 'READ_ONLY' : 'READ_WRITE');
  set('autoinstall_known_extensions', 'false');
  set('preserve_insertion_order', 'false');
  if (options.memoryLimit) set('memory_limit', options.memoryLimit);
  try {
    const instance = await duckdb.open(path, config);
    const handle = await duckdb.connect(instance);
    const database = Database.of(path, instance, handle);
    await database.run("set timezone = 'UTC'").catch(() => undefined);
    await options.prepare?.(database);
    if (options.readOnly) await database.confine(options.writesTo === undefined ? [] : [options.writesTo]);
    return database;
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw explainOpen(path, error);
  }
}
