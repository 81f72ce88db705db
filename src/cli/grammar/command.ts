/** What the words after a command are, for help and completion. */
export interface Operand {
  /** As help shows it: `PATH...`, `[QUERY]`. */
  usage: string;
  /** How many words there may be. */
  least: number;
  most: number;
  completes: 'file' | 'query' | 'cause' | 'shell' | 'none';
}

/** What is said of a command; `runs.ts` has what it does. */
export interface Command {
  summary: string;
  /** More than the summary says, for `--help` and the man page; paragraphs. */
  about: readonly string[];
  operand: Operand | null;
  examples: readonly (readonly [command: string, what: string])[];
}
