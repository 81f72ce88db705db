import type { FilterValues } from '../packs/filters.js';
import type { Catalog } from '../packs/load.js';
import type { Clients } from '../packs/client-filter.js';
import { didYouMean } from '../base/suggest.js';
import type { Database } from '../store/database.js';
import { textLiteral } from '../base/sql-text.js';
import { UserError } from '../base/user-error.js';
import { type Id, rowsOf } from '../packs/rows.js';

/** A lookup of the name that was asked for. */
export interface Candidate {
  lookup_id: Id;
  client: string;
  client_name: string | null;
  name: string;
  started_at: string;
  seconds: number;
  outcome: string;
  cause: string | null;
  /** How many lookups of the name there are, this one counted. */
  lookups: number;
}

/** What to explain: a lookup or a question, and the other lookups of its name where a name was given. */
export interface Target {
  /** As parameters of the queries of `explain`. */
  params: { lookup: string } | { question: string };
  /** The first few others, in the order of choice. */
  others: Candidate[];
  /** How many others there are in all. */
  otherCount: number;
}

export interface Choice {
  /** The nearest to this time instead of the slowest; as SQL reads it. */
  at: string | null;
  /** Only lookups of these. */
  client: Clients | null;
}

/** Others that are listed. */
const LISTED = 8;

/**
 * Reads `17` (a lookup), `q17` (a question), `worst` (the lookup that took longest) or a name; a trailing dot makes any word a
 * name. Of a name's lookups it takes the slowest, or the one nearest to a time. Throws UserError where there is none.
 */
export async function findTarget(
  database: Database,
  catalog: Catalog,
  word: string,
  choice: Choice,
): Promise<Target> {
  const number = /^(q?)(\d{1,18}|[1-8]\d{18})$/i.exec(word);
  if (number) {
    const params = number[1] === '' ? { lookup: number[2]! } : { question: number[2]! };
    return { params, others: [], otherCount: 0 };
  }
  if (word.toLowerCase() === 'worst')
    return { params: { lookup: await worst(database, choice.client) }, others: [], otherCount: 0 };
  const name = word.toLowerCase().replace(/(?<=.)\.$/, '');
  const params = { name, top: String(LISTED + 1), ...(choice.at === null ? {} : { at: choice.at }) };
  const filters: Partial<FilterValues> = { client: choice.client };
  const [first, ...others] = await rowsOf<Candidate>(database, catalog, 'explain/lookups', params, filters);
  if (!first) throw new UserError('not-in-evidence', await noLookup(database, name, choice.client));
  return { params: { lookup: String(first.lookup_id) }, others, otherCount: first.lookups - 1 };
}

async function worst(database: Database, clients: Clients | null): Promise<string> {
  const whose = clients === null ? '' : ` where client in (${clients.addresses.map(textLiteral).join(', ')})`;
  const [row] = await database.rows<{ id: bigint }>(
    `select lookup_id as id from lookups${whose} order by seconds desc nulls last, lookup_id limit 1`,
  );
  if (row) return String(row.id);
  throw new UserError('not-in-evidence', `This evidence shows no lookup${ofClients(clients)}`);
}

function ofClients(clients: Clients | null): string {
  return clients === null ? '' : ` of ${clients.name}`;
}

async function noLookup(database: Database, name: string, clients: Clients | null): Promise<string> {
  const names = await database.rows<{ name: string }>('select distinct name from lookups limit 50000');
  const guess = didYouMean(
    name,
    names.map((row) => row.name),
  );
  return `There is no lookup${ofClients(clients)} of "${name}"${guess || '; the names that were asked for: dnslens report traffic/names'}`;
}
