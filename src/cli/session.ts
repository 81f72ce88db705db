import type { Layout } from '../report/format.js';
import type { Database } from '../store/database.js';
import type { Args } from './args.js';
import { speaksUnicode, wantsColor } from './terminal.js';

const DEFAULT_DATABASE = 'dnslens.duckdb';

/** What one run of a command has: its arguments and its surroundings. */
export class Session {
  constructor(readonly args: Args) {}

  /** The database's file: --db, else DNSLENS_DB, else dnslens.duckdb here. */
  get databasePath(): string {
    return this.args.text('db') ?? (process.env['DNSLENS_DB'] || DEFAULT_DATABASE);
  }

  /** Opens the database read-only with external access off, and closes it after `use`. */
  async withDatabase<T>(use: (database: Database) => Promise<T>): Promise<T> {
    const { Database } = await import('../store/database.js');
    const database = await Database.open(this.databasePath, { readOnly: true });
    try {
      return await use(database);
    } finally {
      database.close();
    }
  }

  /** Says something beside the result, on standard error. */
  notice(text: string): void {
    if (!this.args.on('quiet')) process.stderr.write(`${text}\n`);
  }

  /** How a report to `path`, or to standard output, may look. */
  layout(path?: string): Layout {
    const toTerminal = path === undefined && process.stdout.isTTY;
    return {
      width: toTerminal ? process.stdout.columns || 80 : Infinity,
      unicode: speaksUnicode(process.env),
      color: wantsColor(toTerminal ? process.stdout : {}, this.args.text('color')!, process.env),
      command: 'dnslens',
    };
  }
}
