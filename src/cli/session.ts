import { existsSync, statSync } from 'node:fs';
import { shellWord } from '../base/shell-word.js';
import { isObjectStore } from '../lake/location.js';
import type { Layout } from '../report/format.js';
import type { Database, OpenOptions } from '../store/database.js';
import type { RedactedCopy } from '../redact/index.js';
import { UserError } from '../base/user-error.js';
import type { Args } from './grammar/args.js';
import { memoryLimit } from './memory-limit.js';
import { speaksUnicode, wantsColor } from './terminal/terminal.js';

const DEFAULT_DATABASE = 'dnslens.duckdb';

/** What one run of a command has: its arguments and its surroundings. */
export class Session {
  private copy: RedactedCopy | null = null;

  constructor(
    readonly args: Args,
    /** The database whose pseudonyms those of this one are to be under --redact; its own where undefined. */
    private readonly keyOf?: string,
  ) {}

  /** The database's file: --db, else DNSLENS_DB, else dnslens.duckdb here. Under --redact its usual name. */
  get databasePath(): string {
    return this.redacts ? DEFAULT_DATABASE : this.file;
  }

  /** Whether there is a file or a folder of that name; what an object store has is known when it is opened. */
  get hasDatabase(): boolean {
    return existsSync(this.file) || isObjectStore(this.file);
  }

  private get file(): string {
    return this.args.text('db') ?? (process.env['DNSLENS_DB'] || DEFAULT_DATABASE);
  }

  /** Whether that is a lake rather than a database. */
  get readsLake(): boolean {
    return isLake(this.file);
  }

  /** Throws UserError where that is a lake: it holds verdicts without what they were judged by. */
  refuseLake(cause: string): void {
    if (this.readsLake)
      throw new UserError(
        'needs-database',
        `a lake does not hold what ${cause} was judged by; name the database that it was made from with --db`,
      );
  }

  private get redacts(): boolean {
    return this.args.on('redact');
  }

  /** How much memory a database may take. */
  get limits(): Pick<OpenOptions, 'memoryLimit'> {
    const limit = memoryLimit(this.args, process.env);
    return limit === undefined ? {} : { memoryLimit: limit };
  }

  /** ` --db FILE` or ` --engine URL` where that was given, quoted for a shell; under --redact that alone. */
  get databaseOption(): string {
    if (this.redacts) return ' --redact';
    for (const name of ['db', 'engine'] as const) {
      const given = this.args.text(name);
      if (given === undefined) continue;
      return ` --${name} ${shellWord(given)}`;
    }
    return '';
  }

  /**
   * Opens the database, or the lake, read-only with external access off, and closes it after `use`. Models
   * that the file lacks are built in a temporary copy. Under --redact it is a redacted copy, deleted after `use`.
   */
  async withDatabase<T>(
    use: (database: Database) => Promise<T>,
    options: Omit<OpenOptions, 'readOnly'> = {},
  ): Promise<T> {
    const limited = { ...this.limits, ...options };
    if (this.redacts) return this.withRedactedCopy(use, limited);
    const database = await openEvidence(this.file, limited, (sentence) => this.notice(sentence));
    try {
      return await use(database);
    } finally {
      database.close();
    }
  }

  private async withRedactedCopy<T>(
    use: (database: Database) => Promise<T>,
    options: Omit<OpenOptions, 'readOnly'>,
  ): Promise<T> {
    refuseUnredactable(this.args, this.file);
    const { openRedacted } = await import('../redact/index.js');
    const { ProgressLine } = await import('./terminal/progress-line.js');
    const progress = new ProgressLine(process.stderr, this.quiet);
    try {
      const onStep = (step: string) => progress.note(`redacting: ${step}`);
      const onNotice = (sentence: string) => {
        progress.clear();
        this.notice(sentence);
      };
      const keyOf = this.keyOf ?? this.file;
      this.copy = await openRedacted(this.file, { ...options, keyOf, onStep, onNotice });
    } finally {
      progress.clear();
    }
    try {
      return await use(this.copy.database);
    } finally {
      this.copy.close();
      this.copy = null;
    }
  }

  /** A client, name or value of the evidence that the user gave, as the open database has it: under --redact its pseudonym. */
  async typed<T extends string | undefined>(text: T): Promise<T> {
    return text === undefined || this.copy === null ? text : ((await this.copy.find(text)) as T);
  }

  /** Where the captures of the open redacted copy are, and how their frames may be shown; null without --redact. */
  get redaction(): Pick<RedactedCopy, 'original' | 'frame'> | null {
    return this.copy;
  }

  /** What the user calls a node, as it may be shown. */
  label(text: string): string {
    return this.copy === null ? text : this.copy.label(text);
  }

  /** The file that --output names; undefined for standard output, which is also what `-` means. */
  get outputPath(): string | undefined {
    const path = this.args.text('output');
    return path === '-' ? undefined : path;
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
      wide: this.args.on('wide'),
      unicode: speaksUnicode(process.env),
      color: wantsColor(toTerminal ? process.stdout : {}, color, path === undefined ? process.env : {}),
      reportCommand: (query) => `dnslens report ${query}${this.databaseOption}`,
      explainCommand:
        this.args.text('engine') === undefined
          ? (lookup) => `dnslens explain ${lookup}${this.databaseOption}`
          : null,
    };
  }
}

/** A query of the user's own may say in its title or its SQL what is to be hidden; only a database can be copied. */
function refuseUnredactable(args: Args, path: string): void {
  if (args.list('queries').length > 0) {
    throw new UserError(
      'conflicting-flags',
      '--redact cannot vouch for the words of your own queries; leave --queries out',
    );
  }
  if (isLake(path))
    throw new UserError(
      'needs-database',
      `--redact needs the database that ${path} was made from; name it with --db`,
    );
}

/** A lake lies in a folder or an object store. */
function isLake(path: string): boolean {
  if (isObjectStore(path)) return true;
  try {
    return statSync(path).isDirectory();
  } catch {
    // whoever opens it says why it cannot be
    return false;
  }
}

async function openEvidence(
  path: string,
  options: Omit<OpenOptions, 'readOnly'>,
  onNotice: (sentence: string) => void,
): Promise<Database> {
  if (isLake(path)) {
    const { openLake } = await import('../lake/index.js');
    return openLake(path, { ...options, onNotice });
  }
  const { openForReading } = await import('../build/reading.js');
  return openForReading(path, { ...options, onNotice });
}
