import type { Result } from '../packs/result.js';
import { json } from '../report/escape.js';
import type { FormatName, Layout } from '../report/format.js';
import { FORMATS } from '../report/index.js';
import { withOutput } from './terminal/output.js';
import type { Session } from './session.js';

/** Prints results that were put together in code; `single` where programs want one without its name. */
export async function printResults(
  session: Session,
  results: readonly Result[],
  format: FormatName,
  single: boolean,
): Promise<void> {
  const path = session.outputPath;
  const report = { results: each(results), single };
  await withOutput(path, (output) => FORMATS[format].rows(report, output, session.layout(path)), {
    paged: true,
  });
}

/** Prints lines, or with --json what they tell as one object. */
export async function printLines(
  session: Session,
  told: unknown,
  linesOf: (layout: Layout) => Iterable<string>,
): Promise<void> {
  const path = session.outputPath;
  await withOutput(
    path,
    async (output) => {
      if (session.args.on('json')) return output.write(`${json(told)}\n`);
      for (const line of linesOf(session.layout(path))) await output.write(`${line}\n`);
    },
    { paged: true },
  );
}

async function* each(results: readonly Result[]): AsyncGenerator<Result> {
  yield* results;
}
