import { textLiteral } from '../../src/base/sql-text.js';
import { buildModels } from '../../src/build/build.js';
import { loadCatalog } from '../../src/packs/load.js';
import { readObjects } from '../../src/packs/rows.js';
import { NO_FILTERS } from '../../src/packs/filters.js';
import { runQuery } from '../../src/packs/run.js';
import type { Value } from '../../src/packs/value.js';
import { Database } from '../../src/store/database.js';

/** A value of a given row, as SQL reads it: times as text, lists as arrays. Columns not given are NULL. */
type Given = string | number | boolean | null | readonly Given[];
export type GivenRows = Readonly<Record<string, readonly Readonly<Record<string, Given>>[]>>;

/** Times as SQL prints them, and one client's address. */
export interface GivenFilters {
  since?: string;
  until?: string;
  client?: string;
}

const catalog = loadCatalog();

/** Asks bundled queries of rows that a test gives, in tables with the columns of the real models of `main`. */
export class GivenTables {
  /** Tables that hold rows of the last question. */
  private filled: string[] = [];

  private constructor(private readonly database: Database) {}

  /** Builds the models over no evidence and puts an empty table in the place of each. */
  static async open(): Promise<GivenTables> {
    const database = await Database.open(':memory:');
    await buildModels(database);
    const models = await database.rows<{ name: string; kind: string }>(
      "select table_name as name, if(table_type = 'VIEW', 'view', 'table') as kind from information_schema.tables where table_schema = 'main'",
    );
    await database.run('create schema given');
    for (const { name } of models) {
      await database.run(`create table given."${name}" as select * from main."${name}" limit 0`);
    }
    for (const { name, kind } of models) {
      await database.run(`drop ${kind} main."${name}" cascade`);
      await database.run(`create table main."${name}" as select * from given."${name}"`);
    }
    return new GivenTables(database);
  }

  /** The rows that query `id` gives when the tables hold `rows` and nothing else. */
  async ask(
    id: string,
    rows: GivenRows,
    params: Readonly<Record<string, string>> = {},
    { client, ...span }: GivenFilters = {},
  ): Promise<Record<string, Value>[]> {
    await this.fill(rows);
    const clients = client === undefined ? null : { name: client, addresses: [client] };
    const result = await runQuery(this.database, catalog.get(id), {
      params,
      filters: { ...NO_FILTERS, ...span, client: clients },
    });
    return readObjects(result);
  }

  close(): void {
    this.database.close();
  }

  private async fill(rows: GivenRows): Promise<void> {
    for (const table of this.filled) await this.database.run(`delete from main."${table}"`);
    this.filled = Object.keys(rows);
    for (const [table, given] of Object.entries(rows)) {
      for (const row of given) {
        const columns = Object.keys(row).map((name) => `"${name}"`);
        const values = Object.values(row).map(literal);
        await this.database.run(`insert into main."${table}" (${columns.join()}) values (${values.join()})`);
      }
    }
  }
}

export function literal(value: Given): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return textLiteral(value);
  if (typeof value === 'object') return `[${value.map(literal).join()}]`;
  return String(value);
}
