import { createRequire } from 'node:module';

/**
 * DuckDB's Node API. By `require`, which loads its 180 CommonJS files in a third of the time that `import`, which
 * reads each of them for its exports first, takes.
 */
export const duckdbApi = createRequire(import.meta.url)(
  '@duckdb/node-api',
) as typeof import('@duckdb/node-api');
