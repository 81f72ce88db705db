import type { Table } from '../raw/column.js';
import { identifier, textLiteral } from '../base/sql-text.js';
import { CLASSES, ICMP_ERRORS, OPCODES, RCODES, TYPES } from '../base/registries.js';
import { RAW_TABLES } from '../raw/tables/index.js';
import { DIRECTIONS, PROTOCOLS, TUNNELS } from '../raw/tables/wire.js';

/** Version of the raw schema; a database of another version is not opened. */
export const SCHEMA_VERSION = 5;

/** Statements that make an empty database: schema `raw`, every table, the code tables. */
export function schemaStatements(seed: number): string[] {
  return [
    'create schema raw',
    ...rawTableStatements('raw'),
    `insert into raw.meta values (${SCHEMA_VERSION}, ${seed}, null)`,
    `insert into raw.codes values ${codeRows().join(', ')}`,
  ];
}

/** Statements that make every table of schema `raw`, empty, in a schema. */
export function rawTableStatements(schema: string): string[] {
  return [
    `create table ${schema}.meta (schema_version INTEGER, seed UINTEGER, models_fingerprint VARCHAR)`,
    ...RAW_TABLES.map((table) => createTable(schema, table)),
    `create table ${schema}.codes (registry VARCHAR not null, code INTEGER not null, mnemonic VARCHAR not null)`,
  ];
}

function createTable(schema: string, table: Table): string {
  const columns = Object.entries(table.columns).map(
    ([name, column]) => `${identifier(name)} ${column.type}${column.nullable ? '' : ' not null'}`,
  );
  return `create table ${schema}.${identifier(table.name)} (${columns.join(', ')})`;
}

function codeRows(): string[] {
  const registries: Record<string, Readonly<Record<number, string>> | readonly string[]> = {
    rcode: RCODES,
    type: TYPES,
    class: CLASSES,
    opcode: OPCODES,
    protocol: PROTOCOLS,
    direction: DIRECTIONS,
    tunnel: TUNNELS,
    icmp: ICMP_ERRORS,
  };
  return Object.entries(registries).flatMap(([registry, names]) =>
    Object.entries(names).map(([code, name]) => `(${textLiteral(registry)}, ${code}, ${textLiteral(name)})`),
  );
}
