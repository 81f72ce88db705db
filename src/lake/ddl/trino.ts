import { identifier } from '../../base/sql-text.js';
import { lakeTables, type LakeTable, type LakeType, PARTITION_COLUMNS } from '../columns.js';
import { mergedViews } from '../merged.js';
import type { DdlOptions } from './options.js';

/** Needs `hive.timestamp-precision=NANOSECONDS` in the catalog, else times show as milliseconds. */
const TYPES: Readonly<Record<LakeType, string>> = {
  BOOLEAN: 'boolean',
  INTEGER: 'integer',
  BIGINT: 'bigint',
  DOUBLE: 'double',
  VARCHAR: 'varchar',
  TIMESTAMP_NS: 'timestamp(9)',
  'VARCHAR[]': 'array(varchar)',
  'DOUBLE[]': 'array(double)',
};

/** Trino's statements (Hive connector), to run in the session of a catalog; the CALLs again after each export. */
export function trinoDdl({ location, schema }: DdlOptions): string[] {
  const tables = lakeTables();
  return [
    `create schema if not exists ${schema} with (location = '${location}/_schema')`,
    ...tables.map((table) => createTable(table, location, schema)),
    ...tables.map(({ name }) => `call system.sync_partition_metadata('${schema}', '${name}', 'FULL')`),
    `use ${schema}`,
    ...mergedViews().map(({ name, sql }) => `create or replace view ${name} as\n${sql}`),
  ];
}

function createTable({ name, columns }: LakeTable, location: string, schema: string): string {
  const lines = [
    ...columns.map((column) => `  ${identifier(column.name)} ${TYPES[column.type]}`),
    ...PARTITION_COLUMNS.map((column) => `  ${column} varchar`),
  ];
  const partitions = PARTITION_COLUMNS.map((column) => `'${column}'`).join(', ');
  return `create table if not exists ${schema}.${name} (\n${lines.join(',\n')}\n) with (external_location = '${location}/${name}', format = 'PARQUET', partitioned_by = array[${partitions}])`;
}
