import { didYouMean } from '../base/suggest.js';
import { doubts } from '../packs/dialect/portable.js';
import { DuckDbEngine, type Engine } from '../packs/engine.js';
import type { Query } from '../packs/query.js';
import { Database } from '../store/database.js';
import { UserError } from '../base/user-error.js';
import { ProgressLine } from './terminal/progress-line.js';
import type { Session } from './session.js';

/** Signals that ask a program to end; a statement on a server must not outlive it. */
const ENDING = ['SIGINT', 'SIGTERM'] as const;

/** Runs `use` with what --engine names, or with DuckDB on the database where it is not given. */
export async function withEngine<T>(
  session: Session,
  queries: readonly Query[],
  use: (engine: Engine) => Promise<T>,
): Promise<T> {
  const name = session.args.text('engine');
  if (name === undefined) return session.withDatabase((database) => use(new DuckDbEngine(database)));
  if (session.args.text('db') !== undefined)
    throw new UserError('conflicting-flags', '--db and --engine both say what to ask; give one');
  if (session.args.on('redact'))
    throw new UserError(
      'needs-database',
      '--redact needs a database; what an engine holds cannot be redacted here',
    );
  if (!name.includes('://')) {
    throw new UserError(
      'wrong-value',
      `--engine ${name} is no engine of a report${didYouMean(name, ['trino'])}; write trino://HOST:PORT/CATALOG/SCHEMA`,
    );
  }
  warnOfDoubts(session, queries);
  const { credentialsOf, parseTrinoAddress, TrinoConnection, TrinoEngine } =
    await import('../trino/index.js');
  const trino = new TrinoConnection(parseTrinoAddress(name), credentialsOf(process.env));
  const progress = new ProgressLine(process.stderr, session.quiet);
  const scratch = await Database.plain(':memory:');
  const engine = new TrinoEngine(trino, scratch, ({ state, percent }) => {
    progress.note(`Trino: ${state.toLowerCase()}${percent === null ? '' : `, ${Math.floor(percent)} %`}`);
  });
  let ended: Promise<NodeJS.Signals> | undefined;
  const end = (signal: NodeJS.Signals) => {
    progress.clear();
    ended = engine.cancel().then(() => signal);
    void ended.finally(() => process.kill(process.pid, signal));
  };
  for (const signal of ENDING) process.once(signal, end);
  try {
    return await use(engine);
  } finally {
    for (const signal of ENDING) process.removeListener(signal, end);
    progress.clear();
    scratch.close();
    // an open pager had kept the signal to itself
    const signal = await ended;
    if (signal !== undefined) process.kill(process.pid, signal);
  }
}

/** The bundled queries run alike on both engines; a user's own may have been written for DuckDB. */
function warnOfDoubts(session: Session, queries: readonly Query[]): void {
  for (const { path, sql } of queries) {
    const found = doubts(sql).map(({ what, line }) => `${what} (line ${line} of its SQL)`);
    if (found.length > 0) session.notice(`${path}: ${found.join('; ')}; Trino may not run it, or not alike`);
  }
}
