import { textLiteral } from '../base/sql-text.js';

const WITHIN = "schema_name = 'main' and database_name = current_database() and not internal";

/** A statement that gives the tables of `main` with what a row of each is. */
export const TABLES_SQL = `select table_name as "table", comment as meaning from duckdb_tables() where ${WITHIN}
union all
select view_name, comment from duckdb_views() where ${WITHIN}
order by all`;

/** A statement that gives the columns of a table of `main`, with types and what they mean. */
export function columnsSql(table: string): string {
  return `select column_name as "column", data_type as "type", comment as meaning from duckdb_columns() where ${WITHIN} and table_name = ${textLiteral(table)} order by column_index`;
}
