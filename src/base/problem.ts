import type { ProblemCode } from './problem-codes.js';

/** One thing that could not be read. Equal (code, detail, example) of a source are one row with a count. */
export interface Problem {
  code: ProblemCode;
  /** One clear sentence: what, and what was kept. It quotes nothing of the evidence, whose numbers would pass for its own. */
  detail: string;
  /** A text of the evidence that shows what is meant, where one helps. Bounded by the sink; those that differ are told apart. */
  example?: string | null;
  /** Where, the first time: `frame 12`, `line 3`, `byte 4096`. */
  position: string;
}
