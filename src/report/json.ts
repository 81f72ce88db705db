import type { Result } from '../packs/result.js';
import { json as safe } from './escape.js';
import type { Output, RowsWriter } from './format.js';

/** One query: an array of objects, one row per line. Several: an object of such arrays by query id. */
export const json: RowsWriter = async ({ results, single }, output) => {
  let separator = single ? '' : '{\n';
  for await (const result of results) {
    await output.write(separator);
    if (!single) await output.write(`${safe(result.query?.id ?? '')}: `);
    await writeArray(result, output);
    separator = ',\n';
  }
  await output.write(single ? '\n' : separator === ',\n' ? '\n}\n' : '{}\n');
};

async function writeArray(result: Result, output: Output): Promise<void> {
  const keys = result.columns.map((column) => safe(column.name));
  let separator = '[\n';
  for await (const rows of result.rows) {
    for (const row of rows) {
      await output.write(`${separator}{${row.map((value, i) => `${keys[i]}:${safe(value)}`).join(',')}}`);
      separator = ',\n';
    }
  }
  await output.write(separator === ',\n' ? '\n]' : '[]');
}
