import { loadCauses } from '../causes/load.js';
import { writeFix } from '../fix/fix.js';
import { didYouMean } from '../base/suggest.js';
import { loadCatalog } from '../packs/load.js';
import { fixLines } from '../report/fix-lines.js';
import { UserError } from '../base/user-error.js';
import { shellWord } from '../base/shell-word.js';
import { printLines } from './print.js';
import type { Session } from './session.js';

/** dnslens fix: a cause's change, ready to apply, with its risk and what shows afterwards whether it worked. */
export async function fix(session: Session): Promise<number> {
  const word = session.args.operands[0]!;
  const causes = loadCauses();
  const cause = causes.find(({ id }) => id === word.toLowerCase());
  if (cause === undefined) {
    const ids = causes.map(({ id }) => id);
    throw new UserError(
      'unknown-cause',
      `There is no cause "${word}"${didYouMean(word, ids) || '; those that were found: dnslens report'}`,
    );
  }
  session.refuseLake(cause.id);
  const written = await session.withDatabase((database) => writeFix(database, loadCatalog(), cause));
  const option = session.databaseOption;
  const after = {
    fixOf: (root: string) => `dnslens fix ${root}${option}`,
    compare: `dnslens compare ${shellWord(session.databasePath)} after.duckdb`,
  };
  await printLines(session, { ...written, afterwards: after.compare }, (layout) =>
    fixLines(written, layout, after),
  );
  return 0;
}
