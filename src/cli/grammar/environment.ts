/** The environment's variables that dnslens reads, beside those of the terminal and of AWS, for help and the man page. */
export const ENVIRONMENT: readonly (readonly [name: string, meaning: string])[] = [
  ['DNSLENS_DB', 'the database where --db is not given'],
  ['DNSLENS_MEMORY_LIMIT', 'what DuckDB may hold in memory where --memory-limit is not given, such as 800MB'],
  ['DNSLENS_REDACT_KEY', 'the key of the pseudonyms of --redact, 16 characters or more'],
  ['DNSLENS_TRINO_PASSWORD', "the password for --engine's Trino"],
  ['DNSLENS_TRINO_TOKEN', "the token for --engine's Trino, in the place of a password"],
  ['DNSLENS_PAGER', 'what shows long output on a terminal; PAGER or less where it is not set, cat for none'],
  ['DNSLENS_ERRORS', 'json has every command tell its errors as --json does: docs/errors.md'],
  [
    'DNSLENS_DEBUG',
    'shows where an error happened; ingest keeps the tables of its building in a schema debug',
  ],
  ['DNSLENS_WASM', '0 has captures and logs read without WebAssembly: the same rows, in more time'],
  ['XDG_CACHE_HOME', 'where databases of `dnslens EVIDENCE...` are kept; default ~/.cache'],
  ['NO_COLOR', 'no colours'],
  ['FORCE_COLOR', 'colours even where the output is no terminal'],
];
