import { lakeTables, type LakeTable, type LakeType, PARTITION_COLUMNS } from '../columns.js';
import { mergedViews } from '../merged.js';
import type { DdlOptions } from './options.js';

/** Hive's types; Athena cuts times to milliseconds. */
const TYPES: Readonly<Record<LakeType, string>> = {
  BOOLEAN: 'boolean',
  INTEGER: 'int',
  BIGINT: 'bigint',
  DOUBLE: 'double',
  VARCHAR: 'string',
  TIMESTAMP_NS: 'timestamp',
  'VARCHAR[]': 'array<string>',
  'DOUBLE[]': 'array<double>',
};

/** Athena's statements, one a call; MSCK REPAIR TABLE again after each export that brings a new day or node. */
export function athenaDdl({ location, schema }: DdlOptions): string[] {
  const tables = lakeTables();
  return [
    `create database if not exists ${schema}`,
    ...tables.map((table) => createTable(table, location, schema)),
    ...tables.map(({ name }) => `msck repair table ${schema}.${name}`),
    ...mergedViews().map(
      ({ name, sql }) => `create or replace view ${schema}.${name} as\n${qualify(sql, schema)}`,
    ),
  ];
}

function createTable({ name, columns }: LakeTable, location: string, schema: string): string {
  const lines = columns.map((column) => `  \`${column.name}\` ${TYPES[column.type]}`);
  const partitions = PARTITION_COLUMNS.map((column) => `${column} string`).join(', ');
  return `create external table if not exists ${schema}.${name} (\n${lines.join(',\n')}\n) partitioned by (${partitions}) stored as parquet location '${location}/${name}/'`;
}

/** A statement of Athena's API has no current schema of its own. */
function qualify(sql: string, schema: string): string {
  return sql.replaceAll(/\b\w+_by_database\b/g, (table) => `${schema}.${table}`);
}
