import { existsSync, realpathSync } from 'node:fs';
import type { FilterValues } from '../packs/filters.js';
import { readFilters } from '../packs/read-filters.js';
import { type Catalog, loadCatalog } from '../packs/load.js';
import { rangeOf, readRange } from '../packs/moment.js';
import { blockSeconds, compareSides } from '../compare/comparison.js';
import { readSide, readSpan, type Side, type Span } from '../compare/side.js';
import { tableForPrograms, tablesForPeople } from '../compare/tables.js';
import type { Database } from '../store/database.js';
import { UserError } from '../base/user-error.js';
import { printResults } from './print.js';
import { formatOf } from './report.js';
import { Session } from './session.js';

/** What the user named as one side: a database, or a time of the one that --db names. */
interface Named {
  /** The database; null where it is a time. */
  file: string | null;
  label: string;
  session: Session;
  time: readonly [from: string | undefined, to: string | undefined] | null;
}

/** dnslens compare: what changed beyond chance between two databases, or two times of one. */
export async function compare(session: Session): Promise<number> {
  const format = formatOf(session.args);
  const catalog = loadCatalog();
  const [first, second] = session.args.operands.map((word, i) => named(session, word, i)) as [Named, Named];
  if ((first.time === null) !== (second.time === null))
    throw new UserError(
      'wrong-words',
      `${first.label} and ${second.label} are a database and a time; give two databases, or two times FROM..TO of one`,
    );
  const [before, after] = await readBoth(catalog, first, second);
  const comparison = compareSides(before, after, first.time !== null);
  const results =
    format === 'json' || format === 'csv' ? [tableForPrograms(comparison)] : tablesForPeople(comparison);
  await printResults(session, results, format, results.length === 1);
  return 0;
}

function named(session: Session, word: string, place: number): Named {
  const { args } = session;
  const range = /[/\\]/.test(word) || existsSync(word) ? null : rangeOf(word);
  if (range === null) {
    // what the files are called is a text of the user's that no pseudonym covers
    const label = args.on('redact') ? ['before', 'after'][place]! : word;
    const own = new Session(args.for('compare', [], word), args.operands[0]);
    return { file: word, label, session: own, time: null };
  }
  const [from, to] = range;
  return { file: null, label: word, session, time: [from || undefined, to || undefined] };
}

/** Both sides in stretches of one length, which the spans of both give. Each database is opened once. */
async function readBoth(catalog: Catalog, first: Named, second: Named): Promise<[Side, Side]> {
  const oneFile = first.session === second.session || isSameFile(first.file ?? '', second.file ?? '');
  return first.session.withDatabase((before) => {
    const { session } = oneFile ? first : second;
    const use = (after: Database) => readOpen(catalog, [first, before], [{ ...second, session }, after]);
    return oneFile ? use(before) : second.session.withDatabase(use);
  });
}

function isSameFile(one: string, other: string): boolean {
  try {
    return realpathSync(one) === realpathSync(other);
  } catch {
    // whoever opens it says why it cannot be
    return false;
  }
}

type Open = [named: Named, database: Database];

async function readOpen(
  catalog: Catalog,
  [first, before]: Open,
  [second, after]: Open,
): Promise<[Side, Side]> {
  const b = await lookAt(before, catalog, first);
  const a = await lookAt(after, catalog, second);
  if (first.time !== null) refuseOverlap(first, b.filters, second, a.filters);
  const seconds = blockSeconds(b.span, a.span);
  const read = (database: Database, { label }: Named, { filters, span }: Looked) =>
    readSide(database, catalog, filters, { label, span, blockSeconds: seconds });
  return [await read(before, first, b), await read(after, second, a)];
}

interface Looked {
  filters: FilterValues;
  span: Span;
}

async function lookAt(
  database: Database,
  catalog: Catalog,
  { label, session, time }: Named,
): Promise<Looked> {
  const { client } = await readFilters(database, {
    client: await session.typed(session.args.text('client')),
  });
  const [since, until] = time === null ? [null, null] : await readRange(database, null, time);
  const filters = { since, until, client };
  const span = await readSpan(database, catalog, filters);
  if (time !== null && span.lookups === 0)
    throw new UserError(
      'outside-evidence',
      `no lookup began in ${label}; dnslens report says when the evidence begins and ends`,
    );
  return { filters, span };
}

/** What lies in both times would be held against itself. */
function refuseOverlap(first: Named, b: FilterValues, second: Named, a: FilterValues): void {
  const ends = (one: FilterValues, other: FilterValues) =>
    one.until !== null && other.since !== null && one.until <= other.since;
  if (ends(b, a) || ends(a, b)) return;
  throw new UserError(
    'conflicting-flags',
    `${first.label} and ${second.label} have times in common; give two that do not`,
  );
}
