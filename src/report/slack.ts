import type { Result } from '../packs/result.js';
import type { Value } from '../packs/value.js';
import { cellText } from './cell.js';
import { slack as escaped, slackCode } from './escape.js';
import type { Output } from './format.js';
import { inTurn, noEvidence } from './in-turn.js';

/** Columns that a row has, and rows that a message has: a phone shows no table. */
const COLUMNS = 5;
const ROWS = 20;

/** Lists for a chat, in Slack's mrkdwn: an item per row with its few columns. */
export const slack = inTurn(async (result, output) => {
  const { query, missing } = result;
  if (query) await output.write(`*${escaped(query.title)}*\n`);
  if (missing.length > 0) await output.write(`${escaped(noEvidence(missing))}\n`);
  else await writeRows(result, output);
});

async function writeRows({ query, columns, rows }: Result, output: Output): Promise<void> {
  const wanted = query?.narrow ?? columns.slice(0, COLUMNS).map(({ name }) => name);
  const places = wanted.map((name) => columns.findIndex((column) => column.name === name));
  let written = 0;
  const cell = (row: readonly Value[], at: number) => cellText(row[at]!, columns[at]!);
  for await (const chunk of rows) {
    for (const row of chunk) {
      if (written++ === ROWS) return output.write(`… and more; these are the first ${ROWS} rows.\n`);
      const [head, ...rest] = places;
      const about = rest
        .filter((at) => row[at] !== null)
        .map((at) => `${slackCode(columns[at]!.name)} ${escaped(cell(row, at))}`);
      await output.write(
        `• *${escaped(cell(row, head!))}*${about.length > 0 ? `: ${about.join(', ')}` : ''}\n`,
      );
    }
  }
  if (written === 0) await output.write('No rows.\n');
}
