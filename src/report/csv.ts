import type { Result } from '../packs/result.js';
import type { Value } from '../packs/value.js';
import { UserError } from '../base/user-error.js';
import { csvField } from './escape.js';
import type { Output, RowsWriter } from './format.js';

/** RFC 4180 with lines that end in LF, as pipes to Unix tools want them: a header line, one table. Null is an empty field; a list is JSON. */
export const csv: RowsWriter = async ({ results }, output) => {
  let written = false;
  for await (const result of results) {
    if (written) {
      throw new UserError(
        'conflicting-flags',
        'CSV holds one table; name one query, or write them all with: dnslens export --out DIR',
      );
    }
    await writeCsv(result, output);
    written = true;
  }
};

/** Writes one result; gives back how many rows it had. */
export async function writeCsv(result: Result, output: Output): Promise<number> {
  let count = 0;
  await output.write(`${csvLine(result.columns.map((column) => column.name))}\n`);
  for await (const rows of result.rows) {
    await output.write(rows.map((row) => `${csvLine(row)}\n`).join(''));
    count += rows.length;
  }
  return count;
}

/** A row as one line, without its end. */
export function csvLine(values: readonly Value[]): string {
  return values.map(field).join(',');
}

function field(value: Value): string {
  if (value === null) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return csvField(typeof value === 'string' ? value : JSON.stringify(value));
}
