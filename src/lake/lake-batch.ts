import { createHash } from 'node:crypto';
import { builtFingerprint } from '../causes/load.js';
import { SCHEMA_VERSION } from '../store/ddl.js';
import { UserError } from '../base/user-error.js';
import type { Database } from '../store/database.js';
import { lakeTables } from './columns.js';

/** Version of a lake's layout; a lake of another version is not read. */
export const LAKE_VERSION = 2;

/** Bits of an id that number rows inside one database; those above them name the database. */
const LOCAL_BITS = 28n;
/** Bits that name the database: with the sign bit they fill a signed 64-bit integer. */
const BATCH_BITS = 63n - LOCAL_BITS;

/** A source of the database that is exported. */
export interface BatchSource {
  sourceId: number;
  kind: string;
  label: string | null;
  sha256: string;
  /** Nanoseconds since 1970 of its first time; null where it has none. */
  start: string | null;
  /** YYYY-MM-DD of its first time, UTC; null where it has none. */
  day: string | null;
}

/**
 * What one database gives to a lake. Its name is made from its first source with times: what it is, whose, and when it
 * begins. So exporting it again, with more sources, with a capture that has grown or from a database made anew, replaces
 * what it gave before.
 */
export interface Batch {
  /** Nine hex digits: name of its files and, shifted, the upper bits of its ids. */
  name: string;
  /** The whole hash that the name is cut from. */
  identity: string;
  /** Added to every id. */
  idOffset: bigint;
  /** Changes with everything that its rows are made from. */
  fingerprint: string;
  sources: readonly BatchSource[];
}

/** Reads what a database would give. Throws UserError where it is empty or has too many rows to number. */
export async function describeBatch(database: Database, node: string | null): Promise<Batch> {
  const sources = await database.rows<BatchSource>(
    `select source_id::DOUBLE as "sourceId", kind, label, sha256,
       epoch_ns(first_time)::VARCHAR as start, strftime(first_time, '%Y-%m-%d') as day
     from main.sources order by source_id`,
  );
  const first = sources[0];
  if (!first)
    throw new UserError('not-in-evidence', `${database.path} holds no evidence to export; ingest some first`);
  await checkIds(database);
  const timed = sources.find(({ start }) => start !== null);
  const identity = sha256(timed ? [timed.kind, timed.label, timed.start] : [first.label, first.sha256]);
  const number = BigInt(`0x${identity.slice(0, 16)}`) >> (64n - BATCH_BITS);
  const [made] = await database.rows<{ sources: string }>(
    'select md5(string_agg(s::varchar, chr(10) order by source_id)) as sources from (select source_id, columns(* exclude (source_id, ingested_at))::varchar from main.sources) as s',
  );
  return {
    name: number.toString(16).padStart(9, '0'),
    identity,
    idOffset: number << LOCAL_BITS,
    fingerprint: sha256([
      LAKE_VERSION,
      SCHEMA_VERSION,
      builtFingerprint(),
      lakeTables(),
      node,
      made!.sources,
    ]),
    sources,
  };
}

async function checkIds(database: Database): Promise<void> {
  const largest = await database.rows<{ id: number | null }>(
    `select max(transaction_id)::DOUBLE as id from main.transactions
     union all select max(question_id)::DOUBLE from main.questions
     union all select max(lookup_id)::DOUBLE from main.lookups
     union all select max(source_id)::DOUBLE from main.sources`,
  );
  const limit = 2 ** Number(LOCAL_BITS);
  if (largest.every(({ id }) => (id ?? 0) < limit)) return;
  throw new UserError(
    'lake-refused',
    `${database.path} has more than ${limit.toLocaleString('en')} transactions, which a lake cannot number; export a database for each day or node`,
  );
}

function sha256(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
