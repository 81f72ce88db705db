import type { Table } from './column.js';
import { CLASSES, ICMP_ERRORS, OPCODES, RCODES, TYPES } from './registries.js';
import { RAW_TABLES } from './tables/index.js';
import { DIRECTIONS, PROTOCOLS, TUNNELS } from './tables/wire.js';

/** Version of the raw schema; a database of another version is not opened. */
export const SCHEMA_VERSION = 3;

/** Statements that make an empty database: schema `raw`, every table, the code tables. */
export function schemaStatements(seed: number): string[] {
  return [
    'create schema raw',
    `create table raw.meta as select ${SCHEMA_VERSION} as schema_version, ${seed}::UINTEGER as seed, null::VARCHAR as models_fingerprint`,
    ...RAW_TABLES.map(createTable),
    'create table raw.codes (registry VARCHAR not null, code INTEGER not null, mnemonic VARCHAR not null)',
    `insert into raw.codes values ${codeRows().join(', ')}`,
  ];
}

function createTable(table: Table): string {
  const columns = Object.entries(table.columns).map(
    ([name, column]) => `"${name}" ${column.type}${column.nullable ? '' : ' not null'}`,
  );
  return `create table raw.${table.name} (${columns.join(', ')})`;
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
    Object.entries(names).map(([code, name]) => `('${registry}', ${code}, '${name}')`),
  );
}
