import { text as readAll } from 'node:stream/consumers';
import { runText } from './run-statements.js';
import type { Session } from '../session.js';

/** dnslens sql: a statement given, those on standard input, or a prompt. */
export async function sql(session: Session): Promise<number> {
  const statement = session.args.operands[0];
  return session.withDatabase(async (database) => {
    if (statement === undefined && process.stdin.isTTY) {
      const { prompt } = await import('./prompt.js');
      await prompt(session, database);
    } else {
      await runText(session, database, statement ?? (await readAll(process.stdin)), true);
    }
    return 0;
  });
}
