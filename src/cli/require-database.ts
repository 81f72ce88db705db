import { databaseFile } from '../store/database-file.js';
import { UserError } from '../base/user-error.js';
import type { Session } from './session.js';

/** Refuses to make a database where one is to be changed. Throws UserError where there is none, or a lake. */
export function requireDatabase({ databasePath: path }: Session): void {
  if (databaseFile(path).state === 'there') return;
  throw new UserError(
    'no-database',
    `There is no database ${path} yet; make one with: dnslens ingest PATH... --db ${path}`,
  );
}
