import type { Result } from '../packs/result.js';
import type { RunOptions } from '../packs/run.js';
import {
  compose,
  composeByWorkload,
  DIAGNOSIS_QUERIES,
  DOCUMENTS,
  readDiagnosis,
} from '../report/diagnosis/index.js';
import type { FormatName, Layout, Output } from '../report/format.js';
import { UserError } from '../store/user-error.js';
import type { Args } from './args.js';

/** What `report` shows where no name is given. */
const PACK = 'diagnosis';

/** A request for the diagnosis as a document, rather than for the rows of queries. */
export interface DiagnosisRequest {
  format: keyof typeof DOCUMENTS;
  /** Whether it is to fit a screen; else everything is shown. */
  brief: boolean;
  by: 'cause' | 'workload';
}

/** The names of the queries to run, and the document to make of them; null where rows were asked for. */
export function diagnosisRequest(
  args: Args,
  format: FormatName,
): { names: readonly string[]; request: DiagnosisRequest | null } {
  const by = args.text('by') === 'workload' ? 'workload' : 'cause';
  const unnamed = args.operands.length === 0;
  const brief = unnamed && !args.on('verbose');
  const asked = unnamed || (args.operands.length === 1 && args.operands[0] === PACK);
  if (!asked) {
    if (args.list('by').length > 0)
      throw new UserError('--by groups the diagnosis; it goes with no query or pack');
    return { names: args.operands, request: null };
  }
  if (format in DOCUMENTS) {
    return { names: DIAGNOSIS_QUERIES, request: { format: format as keyof typeof DOCUMENTS, brief, by } };
  }
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
      : compose(diagnosis, layout, request.brief);
  await DOCUMENTS[request.format](blocks, output, layout);
}
