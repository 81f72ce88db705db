import type { Result } from '../packs/result.js';
import type { RunOptions } from '../packs/run.js';
import {
  briefly,
  compose,
  composeByWorkload,
  DIAGNOSIS_QUERIES,
  readDiagnosis,
} from '../report/diagnosis/index.js';
import type { DocumentWriter } from '../report/diagnosis/document.js';
import { type Format, FORMATS } from '../report/index.js';
import type { FormatName, Layout, Output } from '../report/format.js';
import { UserError } from '../base/user-error.js';
import type { Args } from './grammar/args.js';

/** What `report` shows where no name is given. */
const PACK = 'diagnosis';

/** A request for the diagnosis as a document, rather than for the rows of queries. */
export interface DiagnosisRequest {
  write: DocumentWriter;
  /** Twelve lines, a screenful, or all that is known. */
  length: 'brief' | 'screen' | 'whole';
  by: 'cause' | 'workload';
}

/** The names of the queries to run, and the document to make of them; null where rows were asked for. */
export function diagnosisRequest(
  args: Args,
  format: FormatName,
): { names: readonly string[]; request: DiagnosisRequest | null } {
  const by = args.text('by') === 'workload' ? 'workload' : 'cause';
  const unnamed = args.operands.length === 0;
  const length = args.on('brief') ? 'brief' : unnamed && !args.on('verbose') ? 'screen' : 'whole';
  const asked = unnamed || (args.operands.length === 1 && args.operands[0] === PACK);
  if (!asked) {
    if (args.list('by').length > 0)
      throw new UserError('conflicting-flags', '--by groups the diagnosis; it goes with no query or pack');
    if (args.on('brief'))
      throw new UserError(
        'conflicting-flags',
        '--brief shortens the diagnosis; it goes with no query or pack',
      );
    return { names: args.operands, request: null };
  }
  const { document: write }: Format = FORMATS[format];
  if (write !== undefined) return { names: DIAGNOSIS_QUERIES, request: { write, length, by } };
  if (by === 'workload') return { names: [`${PACK}/workloads`], request: null };
  return { names: unnamed ? [`${PACK}/causes`] : args.operands, request: null };
}

/** Writes the diagnosis in the format asked for. */
export async function writeDiagnosis(
  request: DiagnosisRequest,
  results: AsyncIterable<Result>,
  { filters }: RunOptions,
  output: Output,
  layout: Layout,
): Promise<void> {
  const diagnosis = await readDiagnosis(results, filters);
  const blocks =
    request.by === 'workload'
      ? composeByWorkload(diagnosis, layout)
      : request.length === 'brief'
        ? briefly(diagnosis)
        : compose(diagnosis, layout, request.length === 'screen');
  await request.write(blocks, output, layout);
}
