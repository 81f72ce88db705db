import { whatToCollect } from '../packs/what-to-collect.js';
import type { Result } from '../packs/result.js';
import type { Layout, Output, RowsWriter } from './format.js';

/** A format that writes results one after the other, with an empty line between two. */
export function inTurn(
  writeOne: (result: Result, output: Output, layout: Layout) => Promise<void>,
): RowsWriter {
  return async ({ results }, output, layout) => {
    let first = true;
    for await (const result of results) {
      if (!first) await output.write('\n');
      first = false;
      await writeOne(result, output, layout);
    }
  };
}

/** Says in the place of rows that these tables have none, and what to collect. */
export function noEvidence(missing: readonly string[]): string {
  return `No evidence for this. Collect ${whatToCollect(missing).join('; ')}.`;
}
