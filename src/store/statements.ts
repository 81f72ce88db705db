/** What runs statements: an open database, without what opening it takes. */
export interface Statements {
  run(sql: string): Promise<void>;
  /** All rows of a statement as objects, with DuckDB's values as plain JS ones. */
  rows<T = Record<string, unknown>>(sql: string): Promise<T[]>;
}
