import type { ErrorCode } from '../base/error-codes.js';
import type { SourceResult } from '../store/source-record.js';

/** What became of one input. */
export type Outcome =
  | ReadOutcome
  /** The same bytes are in the database: nothing was added. */
  | { status: 'known'; path: string; sourceId: number; sentence: string }
  /** Nothing of it could be used, and why. */
  | { status: 'failed'; path: string; code: ErrorCode; sentence: string; cause?: unknown }
  /** An archive, whose files are inputs of their own. */
  | { status: 'unpacked'; path: string; sentence: string }
  /** Found in a folder beside the evidence, and no evidence itself. */
  | { status: 'passed-over'; path: string; sentence: string };

/** An input whose evidence is in the database now. */
export interface ReadOutcome extends SourceResult {
  status: 'read';
  path: string;
  /** The kind as a user would call it. */
  title: string;
  label: string | null;
}

/** How far reading is: told often, so what takes it must be cheap. */
export interface Progress {
  path: string;
  /** The number of this input, from 1, and of how many. */
  input: number;
  inputs: number;
  /** Bytes of it that were read as stored, and its size where that is known. */
  bytes: number;
  totalBytes: number | null;
  /** Rows that it gave so far. */
  rows: number;
}

export interface IngestResult {
  outcomes: Outcome[];
  /** Whether an input that the user named gave nothing: the command's exit code is 2. */
  gaveNothing: boolean;
}

/** A named input that failed, or one that was read with faults and without a row. */
export function gaveNothing(outcome: Outcome): boolean {
  if (outcome.status === 'failed') return true;
  if (outcome.status !== 'read' || outcome.rows > 0) return false;
  return outcome.whyIncomplete !== null || outcome.problems.length > 0;
}
