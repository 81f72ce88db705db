/** One run of kubectl whose output is a file of the evidence. */
export interface Task {
  /** As progress and the manifest name it: `packets on node n1`. */
  what: string;
  args: readonly string[];
  /** Where its output goes, below the evidence's folder. */
  file: string;
  /** Where what it says on standard error goes too, such as a capture's drop counters. */
  notes?: string;
  /** How long it may take. */
  seconds: number;
  /** Whether no output is no loss: a cluster has not every ConfigMap that is asked for, nor every pod a log. */
  mayBeEmpty?: boolean;
}
