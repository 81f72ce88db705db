import { athenaDdl } from './athena.js';
import { duckdbDdl } from './duckdb.js';
import { trinoDdl } from './trino.js';

/** What a lake's statements are made for. */
export interface DdlOptions {
  /** The lake's folder or URL, without a slash at its end. */
  location: string;
  /** The schema that the tables stand in. */
  schema: string;
}

/** The statements that put a lake's tables into an engine, by the engine's name. */
export const LAKE_ENGINES = {
  trino: trinoDdl,
  athena: athenaDdl,
  duckdb: duckdbDdl,
} satisfies Record<string, (options: DdlOptions) => string[]>;

export type LakeEngine = keyof typeof LAKE_ENGINES;
