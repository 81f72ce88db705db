/** The shells that there are completions for. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const;

export type Shell = (typeof SHELLS)[number];

/** Words that operands are completed with. */
export interface Completed {
  /** Ids of queries, and packs. */
  queries: readonly string[];
  causes: readonly string[];
}
