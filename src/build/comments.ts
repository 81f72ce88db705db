import { loadCauseModels } from '../causes/load.js';
import { loadModels, sharedMeanings } from '../models/load.js';
import type { Database } from '../store/database.js';
import { identifier, textLiteral } from '../base/sql-text.js';
import { RAW_TABLES } from '../raw/tables/index.js';

/** A column of a table of `main`, as DuckDB names its type. */
export interface MainColumn {
  table: string;
  column: string;
  type: string;
}

/** The columns of `main` of a database whose models are built, in order. */
export function mainColumns(database: Database): Promise<MainColumn[]> {
  return database.rows<MainColumn>(
    `select table_name as "table", column_name as "column", data_type as "type" from duckdb_columns()
     where schema_name = 'main' and database_name = current_database() and not internal
     order by table_name, column_index`,
  );
}

/** What tables of `main` and their columns mean. */
export class Meanings {
  private readonly models = new Map(
    [...loadModels(), ...loadCauseModels().main]
      .filter(({ schema }) => schema === 'main')
      .map((model) => [model.name, model]),
  );
  private readonly raw = new Map(RAW_TABLES.map(({ name, columns }) => [name, columns]));
  private readonly shared = sharedMeanings();

  /** Of a table its grain first. */
  table(name: string): string | undefined {
    return this.models.get(name)?.description;
  }

  /** As its model says, the raw table whose value it has unchanged, or else as in all tables. */
  column({ table, column, type }: MainColumn): string | undefined {
    const own = this.models.get(table)?.columns[column];
    const read = this.raw.get(table)?.[column];
    // another type has another form: a name in the place of a code
    return own ?? (read?.type === type ? read.about : this.shared[column]);
  }

  /** Whether a table of `main` is a view. */
  isView(table: string): boolean {
    return this.models.get(table)?.materialized === 'view';
  }
}

/**
 * Statements that comment on every table of `main` and its columns, for whatever tool opens the file. Some 540 of them: the
 * optimizer has nothing to do for any, and would take half of their time.
 */
export async function commentStatements(database: Database): Promise<string> {
  const meanings = new Meanings();
  const columns = await mainColumns(database);
  const tables = [...new Set(columns.map(({ table }) => table))];
  const comments = [
    ...tables.map((table) => {
      const kind = meanings.isView(table) ? 'view' : 'table';
      return comment(`${kind} main.${identifier(table)}`, meanings.table(table));
    }),
    ...columns.map((one) =>
      comment(`column main.${identifier(one.table)}.${identifier(one.column)}`, meanings.column(one)),
    ),
  ];
  return ['pragma disable_optimizer', ...comments, 'pragma enable_optimizer'].join('; ');
}

function comment(on: string, text: string | undefined): string {
  return `comment on ${on} is ${text === undefined ? 'null' : textLiteral(text)}`;
}
