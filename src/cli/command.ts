import type { Session } from './session.js';

/** A command's work; gives the exit code. Modules load only when their command runs. */
export type Run = (session: Session) => Promise<number>;

/** What the words after a command are, for help and completion. */
export interface Operand {
  /** As help shows it: `PATH...`, `[QUERY]`. */
  usage: string;
  /** How many words there may be. */
  least: number;
  most: number;
  completes: 'file' | 'query' | 'cause' | 'shell' | 'none';
}

export interface Command {
  summary: string;
  /** More than the summary says, for `--help` and the man page; paragraphs. */
  about: readonly string[];
  operand: Operand | null;
  examples: readonly (readonly [command: string, what: string])[];
  load: () => Promise<Run>;
}
