import { rawTableStatements } from './ddl.js';
import { identifier, textLiteral } from '../base/sql-text.js';
import type { Statements } from './statements.js';

/** Something that a database file declares. */
export interface CatalogEntry {
  kind: 'schema' | 'table' | 'view' | 'macro' | 'type' | 'sequence' | 'index';
  schema: string;
  name: string;
  /** Its statement as DuckDB prints it; of a macro its parameters and its text. */
  definition: string;
}

/** Schemas that a dnslens makes: what was seen, and what its models make of that. */
export const RAW = 'raw';
export const MODEL_SCHEMAS = ['main', 'work', 'causes', 'debug'] as const;

/** Where what this version declares stands, in memory, while a file is compared with it. */
export const DECLARED = 'declared';

const NAME = /^[a-z][a-z0-9_]{0,62}$/;

/**
 * A table that was made from a select statement has columns with a type and nothing else. DuckDB prints names in lower
 * case, its own words in upper case, and texts only in defaults, checks and computed columns.
 */
const COMPUTES =
  /['=+*/<>|&!?:;-](?!$)|\b(?:AS|DEFAULT|CHECK|GENERATED|COLLATE|PRIMARY|UNIQUE|FOREIGN|REFERENCES)\b/;

/**
 * All that attached databases declare, by the databases' names, and what this version does, as `DECLARED`: the raw tables,
 * and what the statements `more` make. Nothing of a database is run for that.
 */
export async function catalogsOf(
  database: Statements,
  names: readonly string[],
  more: readonly string[],
): Promise<ReadonlyMap<string, readonly CatalogEntry[]>> {
  const [{ current } = { current: '' }] = await database.rows<{ current: string }>(
    'select current_database() as current',
  );
  const statements = [`create schema ${RAW}`, ...rawTableStatements(RAW), ...more];
  await database.run(
    `attach ':memory:' as ${DECLARED}; use ${DECLARED}; ${statements.join('; ')}; use ${identifier(current)}`,
  );
  const within = `database_name in (${[DECLARED, ...names].map(textLiteral).join(', ')})`;
  const rows = await database.rows<CatalogEntry & { of: string }>(
    `select database_name as of, 'schema' as kind, schema_name as schema, schema_name as name, '' as definition from duckdb_schemas() where ${within} and not internal
     union all select database_name, 'table', schema_name, table_name, sql from duckdb_tables() where ${within}
     union all select database_name, 'view', schema_name, view_name, sql from duckdb_views() where ${within} and not internal
     union all select database_name, 'macro', schema_name, function_name, to_json([function_type, parameters::varchar, macro_definition])::varchar
       from duckdb_functions() where ${within} and not internal
     union all select database_name, 'type', schema_name, type_name, '' from duckdb_types() where ${within} and not internal
     union all select database_name, 'sequence', schema_name, sequence_name, '' from duckdb_sequences() where ${within}
     union all select database_name, 'index', schema_name, index_name, '' from duckdb_indexes() where ${within}`,
  );
  await database.run(`detach ${DECLARED}`);
  const found = new Map<string, CatalogEntry[]>([DECLARED, ...names].map((name) => [name, []]));
  for (const { of, ...entry } of rows) found.get(of)!.push(entry);
  return found;
}

/**
 * What in a file no dnslens makes, as words to follow "holds"; null where there is nothing. Raw tables must be
 * exactly as declared. Models of another version have other names and columns, but are tables, views and macros too.
 */
export function strangeIn(
  entries: readonly CatalogEntry[],
  declared: readonly CatalogEntry[],
): string | null {
  const tables = new Map(
    declared.filter(({ schema }) => schema === RAW).map(({ name, definition }) => [name, definition]),
  );
  const strange = entries.find((entry) => isStrange(entry, tables));
  if (strange !== undefined) return described(strange);
  const there = new Set(entries.filter(({ schema }) => schema === RAW).map(({ name }) => name));
  const missing = [...tables.keys()].find((name) => !there.has(name));
  return missing === undefined ? null : `no table ${RAW}.${missing}`;
}

function isStrange(
  { kind, schema, name, definition }: CatalogEntry,
  declared: ReadonlyMap<string, string>,
): boolean {
  if (kind === 'schema') return name !== RAW && !MODEL_SCHEMAS.some((made) => made === name);
  if (schema === RAW) return kind !== 'table' || declared.get(name) !== definition;
  if (!['table', 'view', 'macro'].includes(kind) || !NAME.test(name)) return true;
  return kind === 'table' && COMPUTES.test(definition.replace(/"(?:[a-z0-9_])+"/g, ''));
}

/** An entry as a person would name it. */
export function described({ kind, schema, name }: CatalogEntry): string {
  return kind === 'schema'
    ? `a schema ${identifier(name)}`
    : `a ${kind} ${identifier(schema)}.${identifier(name)}`;
}
