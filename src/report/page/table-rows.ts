import type { Result, ResultColumn } from '../../packs/result.js';
import type { Value } from '../../packs/value.js';

/** The first rows of a result, and how many it has in all. */
export interface TableRows {
  columns: readonly ResultColumn[];
  rows: readonly (readonly Value[])[];
  total: number;
}

/** Reads a result to its end and keeps as many rows as `most` from its start. */
export async function readTableRows(result: Result, most: number): Promise<TableRows> {
  const rows: Value[][] = [];
  let total = 0;
  for await (const chunk of result.rows) {
    rows.push(...chunk.slice(0, Math.max(0, most - rows.length)));
    total += chunk.length;
  }
  return { columns: result.columns, rows, total };
}
