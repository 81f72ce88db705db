import { type CatalogEntry, described, RAW, strangeIn } from './catalog.js';
import { SCHEMA_VERSION } from './ddl.js';
import type { Statements } from './statements.js';
import { UserError } from '../base/user-error.js';

/**
 * Throws UserError where a file, attached as `name`, holds anything but what some dnslens, or another version's raw
 * tables, make; `entries` are all that it declares.
 */
export async function checkEvidence(
  database: Pick<Statements, 'rows'> & { readonly declared: readonly CatalogEntry[] },
  path: string,
  name: string,
  entries: readonly CatalogEntry[],
): Promise<void> {
  const { declared } = database;
  const isMeta = ({ kind, schema, name: table }: CatalogEntry) =>
    kind === 'table' && schema === RAW && table === 'meta';
  const meta = entries.find(isMeta);
  if (meta === undefined) {
    throw new UserError(
      'not-a-database',
      `${path} is a DuckDB file that dnslens did not make; name another with --db`,
    );
  }
  // only a table that is surely no more than one may be asked
  if (meta.definition !== declared.find(isMeta)!.definition) throw foreign(path, described(meta));
  const [row] = await database.rows<{ version: number | null }>(
    `select schema_version as version from ${name}.${RAW}.meta limit 1`,
  );
  const version = row?.version ?? 0;
  if (version !== SCHEMA_VERSION) {
    const age = version > SCHEMA_VERSION ? 'a newer' : 'an older';
    throw new UserError(
      'other-version',
      `${path} was made by ${age} dnslens (schema ${version}, this one reads ${SCHEMA_VERSION}); ingest the evidence again into another --db`,
    );
  }
  const strange = strangeIn(entries, declared);
  if (strange !== null) throw foreign(path, strange);
}

function foreign(path: string, strange: string): UserError {
  return new UserError(
    'not-a-database',
    `${path} holds ${strange}, which no dnslens puts there; nothing of it was read: ask for the evidence that it was made from`,
  );
}
