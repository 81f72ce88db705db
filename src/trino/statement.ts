import { UserError } from '../store/user-error.js';
import type { TrinoConnection } from './connection.js';
import { explainFailure } from './errors.js';
import type { Page, PageColumn } from './page.js';

/** Rows of one result. A report of more is of no use to a person, and a server that never ends is hostile. */
const MOST_ROWS = 10_000_000;

/** How far a statement is. */
export interface StatementProgress {
  state: string;
  /** 0 to 100; null where it is not known. */
  percent: number | null;
}

/** A statement under way. Its rows can be read once; who stops earlier, or never begins, cancels it. */
export class Statement {
  private constructor(
    private readonly connection: TrinoConnection,
    private readonly sql: string,
    private page: Page,
    private readonly onProgress: (progress: StatementProgress) => void,
  ) {}

  /** Sends a statement. Throws UserError where it fails before it has columns. */
  static async begin(
    connection: TrinoConnection,
    sql: string,
    onProgress: (progress: StatementProgress) => void,
  ): Promise<Statement> {
    const statement = new Statement(connection, sql, await connection.begin(sql), onProgress);
    statement.check();
    return statement;
  }

  /** Waits until the columns are known. Empty for a statement that gives none. */
  async columns(): Promise<readonly PageColumn[]> {
    while (this.page.columns === null && this.page.nextUri !== null) await this.advance(this.page.nextUri);
    return this.page.columns ?? [];
  }

  async *rows(): AsyncGenerator<unknown[][]> {
    const width = (await this.columns()).length;
    let count = 0;
    try {
      for (;;) {
        const { rows } = this.page;
        count += rows.length;
        if (count > MOST_ROWS || rows.some((row) => row.length !== width)) throw this.nonsense(count);
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
    const page = await this.connection.next(nextUri);
    if (this.page.nextUri === null) return; // cancelled meanwhile
    this.page = { ...page, columns: columns ?? page.columns };
    this.check();
  }

  private check(): void {
    const { error, state, percent } = this.page;
    if (error !== null) throw explainFailure(error, this.sql, this.connection.address);
    this.onProgress({ state, percent });
  }

  private nonsense(count: number): UserError {
    const what =
      count > MOST_ROWS ? `more than ${MOST_ROWS.toLocaleString('en')} rows` : 'rows of wrong length';
    return new UserError(
      `${this.connection.address.server} gave ${what}; narrow the report by --since or --client`,
    );
  }
}
