import { statSync } from 'node:fs';
import type { Layout } from '../report/format.js';
import type { Database, OpenOptions } from '../store/database.js';
import type { Args } from './args.js';
import { isCommand } from './commands.js';
import { speaksUnicode, wantsColor } from './terminal.js';

const DEFAULT_DATABASE = 'dnslens.duckdb';

/** What one run of a command has: its arguments and its surroundings. */
export class Session {
  constructor(readonly args: Args) {}

  /** The database's file: --db, else DNSLENS_DB, else dnslens.duckdb here. */
  get databasePath(): string {
    return this.args.text('db') ?? (process.env['DNSLENS_DB'] || DEFAULT_DATABASE);
  }

  /** ` --db FILE` or ` --engine URL` where that was given, quoted for a shell. */
  get databaseOption(): string {
    for (const name of ['db', 'engine'] as const) {
      const given = this.args.text(name);
      if (given === undefined) continue;
      return ` --${name} ${/^[\w./@%+=:,-]+$/.test(given) ? given : `'${given.replaceAll("'", "'\\''")}'`}`;
    }
    return '';
  }

  /**
   * Opens the database, or the lake in a folder, read-only with external access off, and closes it after `use`. Models
   * that an interrupted ingest left behind are built first.
   */
  async withDatabase<T>(
    use: (database: Database) => Promise<T>,
    options: Omit<OpenOptions, 'readOnly'> = {},
  ): Promise<T> {
    const database = await openEvidence(this.databasePath, options);
    try {
      return await use(database);
    } finally {
      database.close();
    }
  }

  get quiet(): boolean {
    return this.args.on('quiet');
  }

  /** Says what was done, on standard output, unless it is to be quiet. */
  say(text: string): void {
    if (!this.quiet) process.stdout.write(`${text}\n`);
  }

  /** Says something beside the result, on standard error, unless it is to be quiet. */
  notice(text: string): void {
    if (!this.quiet) process.stderr.write(`${text}\n`);
  }

  /** How a report to `path`, or to standard output, may look. */
  layout(path?: string): Layout {
    const toTerminal = path === undefined && process.stdout.isTTY;
    const color = this.args.text('color')!;
    return {
      width: toTerminal ? process.stdout.columns || 80 : Infinity,
      unicode: speaksUnicode(process.env),
      color: wantsColor(toTerminal ? process.stdout : {}, color, path === undefined ? process.env : {}),
      reportCommand: (query) => `dnslens report ${query}${this.databaseOption}`,
      explainCommand:
        isCommand('explain') && this.args.text('engine') === undefined
          ? (lookup) => `dnslens explain ${lookup}${this.databaseOption}`
          : null,
    };
  }
}

async function openEvidence(path: string, options: Omit<OpenOptions, 'readOnly'>): Promise<Database> {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
    const { openLake } = await import('../lake/index.js');
    return openLake(path);
  }
  const { openForReading } = await import('../models/build.js');
  return openForReading(path, options);
}
