import { DuckDBInstance } from '@duckdb/node-api';

/** DuckDB as it is, which may reach everything: what a test makes files with, or looks into them. */
export interface PlainDuckDb {
  run(sql: string): Promise<void>;
  rows<T = Record<string, unknown>>(sql: string): Promise<T[]>;
  close(): void;
}

export async function plainDuckDb(path = ':memory:'): Promise<PlainDuckDb> {
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  return {
    run: async (sql) => void (await connection.run(sql)),
    rows: async <T>(sql: string) => (await connection.runAndReadAll(sql)).getRowObjectsJS() as T[],
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}
