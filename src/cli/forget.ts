import { basename, resolve } from 'node:path';
import { buildModels } from '../build/build.js';
import { counted } from '../base/counted.js';
import { Ledger } from '../store/ledger.js';
import type { KnownSource } from '../store/source-record.js';
import { UserError } from '../base/user-error.js';
import { EXIT } from './exit.js';
import { namingFaults } from './model-fault.js';
import { ProgressLine } from './terminal/progress-line.js';
import { requireDatabase } from './require-database.js';
import type { Session } from './session.js';

/** Sources that a sentence lists at most. */
const MOST_LISTED = 10;

/** dnslens forget: takes one source out of the database, with all that it gave, and builds the models of the others. */
export async function forget(session: Session): Promise<number> {
  requireDatabase(session);
  await namingFaults(session, async () => {
    const ledger = await Ledger.open(session.databasePath, session.limits);
    const progress = new ProgressLine(process.stderr, session.quiet);
    try {
      const source = chosen(ledger.known.all, session.args.operands[0]!, session.databasePath);
      await ledger.forget(source);
      session.say(
        `${source.path}, source ${source.sourceId}, is taken out; ${counted(ledger.known.all.length, 'source')} left`,
      );
      await buildModels(ledger.database, { onModel: (name) => progress.note(`models: ${name} is built`) });
    } finally {
      progress.clear();
      ledger.close();
    }
  });
  return EXIT.done;
}

/** The one source that a number, a path, a file's name or a label means. Throws UserError where it is none, or several. */
function chosen(sources: readonly KnownSource[], text: string, database: string): KnownSource {
  const found =
    [
      (source: KnownSource) => String(source.sourceId) === text,
      ({ path }: KnownSource) => path === text,
      ({ path, label }: KnownSource) =>
        label === text || basename(path) === text || resolve(path) === resolve(text),
    ]
      .map((fits) => sources.filter(fits))
      .find(({ length }) => length > 0) ?? [];
  if (found.length === 1) return found[0]!;
  if (found.length === 0) {
    throw new UserError('not-in-evidence', `${database} has no source ${text}; it has ${listed(sources)}`);
  }
  throw new UserError('ambiguous-name', `${text} may be ${listed(found)}; give the number of one`);
}

function listed(sources: readonly KnownSource[]): string {
  if (sources.length === 0) return 'none';
  const names = sources
    .slice(0, MOST_LISTED)
    .map(({ sourceId, path, label }) => `${sourceId} (${path}${label === null ? '' : `, ${label}`})`);
  const more = sources.length - names.length;
  return `${names.join(', ')}${more > 0 ? ` and ${more} more (dnslens sql "from sources")` : ''}`;
}
