import type { EvidenceKind } from '../cluster/collection/manifest.js';

/** Programs of the user's that are run, with the user's own configuration. */
export type Tool = 'kubectl' | 'aws';

/** One run of such a program whose output is a file of the evidence. */
export interface Task {
  /** As progress and the manifest name it: `packets on node n1`. */
  what: string;
  evidence: EvidenceKind;
  /** kubectl where it is not said. */
  tool?: Tool;
  args: readonly string[];
  /** Where its output goes, below the evidence's folder. */
  file: string;
  /** Where what it says on standard error goes too, such as a capture's drop counters. */
  notes?: string;
  /** The node whose clock its times are of. */
  node?: string;
  /** What dnslens labels the file with: a node or a pod. */
  label?: string;
  /** How long it may take. */
  seconds: number;
  /** Whether it gathers while time passes, and ends when its standard input is closed. */
  streams?: true;
  /** Whether it is for who watches meanwhile: it ends with what gathers while time passes, and is read once more then. */
  follows?: true;
  /** Whether no output is no loss: a cluster has not every ConfigMap that is asked for, nor every pod a log. */
  mayBeEmpty?: true;
}
