import { athenaDdl } from './athena.js';
import { duckdbDdl } from './duckdb.js';
import type { DdlOptions } from './options.js';
import { trinoDdl } from './trino.js';

/** The statements that put a lake's tables into an engine, by the engine's name. */
export const LAKE_ENGINES = {
  trino: trinoDdl,
  athena: athenaDdl,
  duckdb: duckdbDdl,
} satisfies Record<string, (options: DdlOptions) => string[]>;

export type LakeEngine = keyof typeof LAKE_ENGINES;
