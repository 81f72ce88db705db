import type { Database } from '../../src/store/database.js';
import { textLiteral } from '../../src/base/sql-text.js';

/** A node of the syntax tree that DuckDB makes of a statement, or any part of one. */
type Syntax = null | string | number | boolean | readonly Syntax[] | { readonly [key: string]: Syntax };

/** The tables that a statement reads, those of other schemas than main with their schema. */
export async function tablesOf(database: Database, sql: string): Promise<string[]> {
  const [row] = await database.rows<{ tree: string }>(
    `select json_serialize_sql(${textLiteral(sql)})::varchar as tree`,
  );
  const read = new Set<string>();
  const ownNames = new Set<string>();
  const visit = (part: Syntax): void => {
    if (part === null || typeof part !== 'object') return;
    if (!Array.isArray(part)) {
      const { type, schema_name: schema, table_name: table, cte_map: ctes } = part as Record<string, Syntax>;
      // recurring.NAME is all that a recursive CTE with keys has so far
      const own = schema === '' || schema === 'recurring';
      if (type === 'BASE_TABLE') read.add(own ? String(table) : `${schema}.${table}`);
      for (const { key } of (ctes as { map?: { key: string }[] } | undefined)?.map ?? []) ownNames.add(key);
    }
    Object.values(part).forEach(visit);
  };
  visit(JSON.parse(row!.tree) as Syntax);
  return [...read].filter((name) => !ownNames.has(name)).sort();
}
