import { builtFingerprint, storedTables } from '../causes/load.js';
import { type CatalogEntry, described, RAW } from '../store/catalog.js';
import type { Database } from '../store/database.js';
import { textLiteral } from '../base/sql-text.js';
import { type BuildOptions, buildModels } from './build.js';

import { MODEL_MACROS } from '../models/macros.js';
import { MACROS } from '../store/macros.js';

/** What a database says of its models: this build's and of all sources, not built since one was added, or another's. */
export async function modelsState(database: Database): Promise<'current' | 'unfinished' | 'other'> {
  const [meta] = await database.rows<{ built: string | null }>(
    'select models_fingerprint as built from raw.meta',
  );
  if (meta?.built === builtFingerprint()) return 'current';
  return meta?.built ? 'other' : 'unfinished';
}

/** Builds the models if a source was added since they were built, or another version built them. */
export async function ensureModels(database: Database, options: BuildOptions = {}): Promise<void> {
  if ((await modelsState(database)) !== 'current') await buildModels(database, options);
}

/**
 * What a file that was opened holds beside its raw tables and is not this build's, or what it lacks, as words to follow
 * "holds"; null where its models are this build's. None of them is run for that.
 */
export async function strangeModel(database: Database): Promise<string | null> {
  const made = database.entries.filter(isModel);
  const macros = database.declared.filter(isModel);
  const expected = new Map([...macros, ...(await declaredModels(database))].map((one) => [keyOf(one), one]));
  const strange = made.find((entry) => {
    const declared = expected.get(keyOf(entry));
    return declared === undefined || (entry.kind !== 'table' && textOf(declared) !== textOf(entry));
  });
  if (strange !== undefined) return described(strange);
  const there = new Set(made.map(keyOf));
  const missing = [...expected.keys()].find((key) => !there.has(key));
  return missing === undefined ? null : `no ${missing}`;
}

/** Statements that make the functions which a build leaves in a file, for `OpenOptions.declares`. */
export const DECLARED_MACROS = ['create schema work', ...MACROS, ...MODEL_MACROS];

/** Where DNSLENS_DEBUG keeps tables that no report reads. */
const DEBUG = 'debug';

function isModel({ kind, schema }: CatalogEntry): boolean {
  return schema !== RAW && schema !== DEBUG && kind !== 'schema';
}

function keyOf({ kind, schema, name }: Pick<CatalogEntry, 'kind' | 'schema' | 'name'>): string {
  return `${kind} ${schema}.${name}`;
}

/** A word in quotes that means the same without: DuckDB quotes types of functions until a file was read once. */
const QUOTED_WORD = /\\?"([A-Za-z_]\w*)\\?"/g;

/** A function of one parameter in a list's; DuckDB writes it with an arrow once a file was read. */
const LAMBDA = /\(lambda (\w+): /g;

/** A definition without the place, whose schema DuckDB quotes as it likes, and without quotes that change nothing. */
function textOf({ kind, definition }: CatalogEntry): string {
  const text =
    kind === 'view' ? definition.replace(/^CREATE VIEW (?:"?\w+"?\.)?(?=\w+ AS )/, '') : definition;
  return text.replace(QUOTED_WORD, '$1').replace(LAMBDA, '($1 -> ');
}

/** Tables and views that a build of this version makes, in DuckDB's own words; of tables their names only. */
async function declaredModels(database: Database): Promise<CatalogEntry[]> {
  const models = storedTables();
  const views = models.filter(({ view }) => view !== null);
  const printed = await printedStatements(
    database,
    views.map(({ view }) => view!),
  );
  return [
    ...models
      .filter(({ view }) => view === null)
      .map(({ schema, name }): CatalogEntry => ({ kind: 'table', schema, name, definition: '' })),
    ...views.map(({ schema, name }, i): CatalogEntry => ({
      kind: 'view',
      schema,
      name,
      definition: `${name} AS ${printed[i]};`,
    })),
  ];
}

/** Select statements as DuckDB prints them, which is how it keeps those of views. */
async function printedStatements(database: Database, statements: readonly string[]): Promise<string[]> {
  const rows = await database.rows<{ printed: string }>(
    `select json_deserialize_sql(json_serialize_sql(statement)) as printed
     from (select unnest([${statements.map(textLiteral).join(', ')}]) as statement, unnest([${statements.map((_, i) => i).join(', ')}]) as place)
     order by place`,
  );
  return rows.map(({ printed }) => printed);
}
