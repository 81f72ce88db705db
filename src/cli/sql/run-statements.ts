import { readStatements } from '../../packs/typed-statements.js';
import { FORMATS } from '../../report/index.js';
import type { Database } from '../../store/database.js';
import { UserError } from '../../base/user-error.js';
import { FirstRows } from './first-rows.js';
import { withOutput } from '../terminal/output.js';
import { formatOf } from '../report.js';
import type { Session } from '../session.js';

/** Rows of each result that the prompt shows. */
const TERMINAL_ROWS = 200;

/** Runs the statements of a text and prints their results in the format asked for. */
export async function runText(
  session: Session,
  database: Database,
  text: string,
  paged = false,
): Promise<void> {
  const format = formatOf(session.args);
  const { count, results } = await readStatements(database, text);
  if (count === 0) throw new UserError('wrong-words', 'there is no statement to run');
  if (count > 1 && (format === 'json' || format === 'csv')) {
    throw new UserError(
      'conflicting-flags',
      `${format.toUpperCase()} holds one result, and there are ${count} statements`,
    );
  }
  const path = session.outputPath;
  const layout = session.layout(path);
  // a terminal without a pager would run on for as long as the rows do
  const first = new FirstRows(
    format === 'table' && layout.width < Infinity && !paged ? TERMINAL_ROWS : Infinity,
  );
  const report = { results: first.of(results), single: true };
  await withOutput(path, (output) => FORMATS[format].rows(report, output, layout), { paged });
  if (first.cut)
    session.notice(`The first ${TERMINAL_ROWS} rows; add a LIMIT, or run: dnslens sql STATEMENT`);
}
