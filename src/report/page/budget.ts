/**
 * Bytes of tables that a page may have in all, and one table at most: a page is to open on a phone and go through
 * mail whatever the incident, and its other parts (pictures, statements, prose) take up to 0.6 MB.
 */
const PAGE = 1_300_000;
const TABLE = 110_000;

/** Rows that a table has at most: more are read by a program, not a person. */
export const MOST_ROWS = 500;

/** What tables may still take of a page. */
export class Budget {
  private left = PAGE;

  /**
   * How many of these rows a table may show, in the order they come; `sizeOf` gives the bytes of one. What they
   * take is spent.
   */
  take<T>(rows: readonly T[], sizeOf: (row: T) => number): number {
    const room = Math.min(TABLE, this.left);
    let spent = 0;
    let count = 0;
    for (const row of rows.slice(0, MOST_ROWS)) {
      const size = sizeOf(row);
      if (spent + size > room) break;
      spent += size;
      count++;
    }
    this.left -= spent;
    return count;
  }
}
