import type { Flag } from './flag.js';

/** Of a lake: the engine that reads it, and what its tables are called there. */
export const LAKE_FLAGS = [
  {
    name: 'engine',
    kind: 'text',
    value: 'ENGINE',
    help: "of report: a Trino that holds a lake's tables, trino://HOST:PORT/CATALOG/SCHEMA, or trinos:// for TLS, with DNSLENS_TRINO_PASSWORD or DNSLENS_TRINO_TOKEN in the environment; of queries: trino prints a query's SQL for Trino and Athena; of lake ddl: trino, duckdb or athena (experimental: never tried on it)",
    commands: ['report', 'queries', 'lake'],
  },
  {
    name: 'location',
    kind: 'text',
    value: 'URL',
    help: 'of lake ddl: where the lake lies, as the engine names it, such as s3://bucket/lake',
    commands: ['lake'],
  },
  {
    name: 'schema',
    kind: 'text',
    value: 'NAME',
    help: 'of lake ddl: the schema that the tables stand in',
    default: 'dnslens',
    commands: ['lake'],
  },
] as const satisfies readonly Flag[];
