import { existsSync } from 'node:fs';
import { removeDatabase } from '../store/database-file.js';
import { databaseFor } from './evidence-cache.js';
import { EXIT } from './exit.js';
import { readEvidence } from './ingest.js';
import { report } from './report.js';
import { Session } from './session.js';

/** dnslens EVIDENCE...: reads it and prints the report. 0, 1 where --fail-on found something, 2 where an input gave nothing. */
export function diagnose(session: Session): Promise<number> {
  return diagnoseEvidence(session, session.args.operands);
}

/** The same for other evidence than the command line names. */
export async function diagnoseEvidence(session: Session, evidence: readonly string[]): Promise<number> {
  const { args } = session;
  const how = [args.text('label') ?? '', ...args.list('port'), ...args.list('log-format')];
  const db = args.text('db') ?? (await databaseFor(evidence, how));
  const reading = new Session(args.for('ingest', evidence, db));
  const read = await readEvidence(reading, () => undefined);
  if (!existsSync(db)) return read;
  if (read !== EXIT.done && (await holdsNothing(reading))) {
    if (args.text('db') === undefined) removeDatabase(db);
    return read;
  }
  return Math.max(await report(new Session(args.for('report', [], db))), read);
}

/** Whether no input gave anything, so that there is nothing to report on. */
function holdsNothing(session: Session): Promise<boolean> {
  return session.withDatabase(async (database) => {
    const [row] = await database.rows<{ sources: number }>(
      'select count(*)::INTEGER as sources from sources',
    );
    return row!.sources === 0;
  });
}
