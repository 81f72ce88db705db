import { setTimeout as wait } from 'node:timers/promises';
import { grouped } from '../base/counted.js';
import type { ErrorCode } from '../base/error-codes.js';
import { UserError } from '../base/user-error.js';
import type { TrinoConnection } from './connection.js';
import { explainFailure } from './errors.js';
import type { Page, PageColumn } from './result-page.js';

/** What one statement may give and take. A server that goes on for ever is broken or hostile. */
export interface StatementLimits {
  /** A report of more is of no use to a person. */
  rows: number;
  /** Characters of all answers. */
  size: number;
  /** Answers without a row, one after another. Trino waits up to a second before it gives one. */
  emptyAnswers: number;
  /** How long they may go on, in milliseconds. */
  emptyTime: number;
  /** How long is waited after each of them, but for the first few, in milliseconds. */
  pause: number;
}

export const STATEMENT_LIMITS: StatementLimits = {
  rows: 10_000_000,
  size: 4 * 1024 ** 3,
  emptyAnswers: 50_000,
  emptyTime: 4 * 3_600_000,
  pause: 100,
};

/** Answers without a row that come at once while a short statement is planned. */
const FIRST_FEW = 10;

/** How far a statement is. */
export interface StatementProgress {
  state: string;
  /** 0 to 100; null where it is not known. */
  percent: number | null;
}

/** A statement under way. Its rows can be read once; who stops earlier, or never begins, cancels it. */
export class Statement {
  private rowsRead = 0;
  private sizeRead = 0;
  private empty = 0;
  private since = performance.now();

  private constructor(
    private readonly connection: TrinoConnection,
    private readonly sql: string,
    private page: Page,
    private readonly onProgress: (progress: StatementProgress) => void,
    private readonly limits: StatementLimits,
  ) {}

  /** Sends a statement. Throws UserError where it fails before it has columns. */
  static async begin(
    connection: TrinoConnection,
    sql: string,
    onProgress: (progress: StatementProgress) => void,
    limits = STATEMENT_LIMITS,
  ): Promise<Statement> {
    const statement = new Statement(connection, sql, await connection.begin(sql), onProgress, limits);
    await statement.check();
    return statement;
  }

  /** Waits until the columns are known. Empty for a statement that gives none. */
  async columns(): Promise<readonly PageColumn[]> {
    while (this.page.columns === null && this.page.nextUri !== null) await this.advance(this.page.nextUri);
    return this.page.columns ?? [];
  }

  async *rows(): AsyncGenerator<unknown[][]> {
    try {
      const width = (await this.columns()).length;
      for (;;) {
        const { rows } = this.page;
        if (rows.some((row) => row.length !== width))
          throw this.nonsense('engine-failed', 'rows of wrong length');
        if (rows.length > 0) yield rows;
        if (this.page.nextUri === null) return;
        await this.advance(this.page.nextUri);
      }
    } finally {
      await this.cancel();
    }
  }

  async cancel(): Promise<void> {
    const { nextUri } = this.page;
    this.page = { ...this.page, nextUri: null, rows: [] };
    if (nextUri !== null) await this.connection.cancel(nextUri);
  }

  private async advance(nextUri: string): Promise<void> {
    const columns = this.page.columns;
    if (this.empty > FIRST_FEW) await wait(this.limits.pause);
    const page = await this.connection.next(nextUri);
    if (this.page.nextUri === null) return; // cancelled meanwhile
    this.page = { ...page, columns: columns ?? page.columns };
    await this.check();
  }

  private async check(): Promise<void> {
    const { error, state, percent } = this.page;
    if (error !== null) throw explainFailure(error, this.sql, this.connection.address);
    const excess = this.excess();
    if (excess !== null) {
      await this.cancel();
      throw this.nonsense('too-much', excess);
    }
    this.onProgress({ state, percent });
  }

  /** What the answers up to this one have too much of; null where nothing. */
  private excess(): string | null {
    const { rows, size, nextUri } = this.page;
    const { limits } = this;
    this.rowsRead += rows.length;
    this.sizeRead += size;
    this.empty = rows.length > 0 ? 0 : this.empty + 1;
    if (this.empty === 0) this.since = performance.now();
    if (this.rowsRead > limits.rows) return `more than ${grouped(limits.rows)} rows`;
    if (this.sizeRead > limits.size) return `more than ${grouped(limits.size)} characters`;
    if (nextUri === null || this.empty === 0) return null;
    if (this.empty > limits.emptyAnswers) return `${grouped(this.empty)} answers without a row`;
    return performance.now() - this.since > limits.emptyTime ? 'no row for hours' : null;
  }

  private nonsense(code: ErrorCode, what: string): UserError {
    return new UserError(
      code,
      `${this.connection.address.server} gave ${what}; narrow the report by --since or --client`,
    );
  }
}
