import type { Thresholds } from '../models/thresholds.js';
import type { FixStep } from './fix-steps.js';
import type { Sentence } from './sentence.js';

/** From the surest on; `ruled_out` and `no_evidence` are not found. */
export const VERDICTS = ['confirmed', 'likely', 'possible', 'ruled_out', 'no_evidence'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** One row of a cause's table of rules: the first whose condition holds gives the verdict and the sentence. */
export interface Rule {
  name: string;
  /** SQL over the cause's numbers; null is `otherwise`, which always holds. */
  when: string | null;
  verdict: Verdict;
  say: Sentence;
}

/** A further sentence, said beside the rule's where its condition holds; `each` says a number that is a list, item by item. */
export type Finding = { when: string | null } & ({ say: Sentence } | { each: string });

/** Another cause that this one may be a consequence of, on a condition over this one's numbers. */
export interface Root {
  cause: string;
  when: string | null;
}

/** Remedies that what-if can play and advice may name; `work.remedies` has whether each would have helped. */
export const REMEDIES = ['autopath', 'trailing-dot', 'single-request', 'nodelocal'] as const;

/** What to change where a condition over the numbers holds, and where the play of the remedy that it names does not refute it. */
export interface Advice {
  when: string | null;
  remedy: (typeof REMEDIES)[number] | null;
  say: Sentence;
}

/** A known cause, as its file in queries/causes/ says it. CONTRIBUTING.md, "A cause", has the form. */
export interface Cause {
  /** As users know it: `conntrack-race`. The file's name. */
  id: string;
  path: string;
  title: string;
  description: string;
  kind: 'fault' | 'cost';
  /** Whether it hits some names (those of a zone, a suffix), or whatever a client asks. */
  hits: 'names' | 'clients';
  /** An attempt that shows several causes is blamed on the one with the smallest. */
  precedence: number;
  /** Limits of its own and those that it shares with models. */
  params: Thresholds;
  /** What to change, one setting an entry; what depends on the evidence is said where it holds. */
  change: (string | Advice)[];
  /** What to collect next, as commands to paste. */
  collect: string[];
  /** Ids of the queries to look at next. */
  look: string[];
  /** Measures of the time line (traffic/timeline) that show it, without what stands after a colon. */
  panels: string[];
  roots: Root[];
  /** A select of what shows it. */
  signs: string;
  /** A select of one row of named figures. */
  numbers: string;
  rules: Rule[];
  findings: Finding[];
  /** Changes that are written out ready to apply, the best first. */
  fix: FixStep[];
}

/** Its table in the schema `causes`, which holds its numbers. */
export function tableOf({ id }: Cause): string {
  return `causes.${id.replaceAll('-', '_')}`;
}

/** A verdict as people read it: `ruled out`. */
export function verdictWords(verdict: string): string {
  return verdict.replace('_', ' ');
}

export function isFound(verdict: Verdict): boolean {
  return verdict !== 'ruled_out' && verdict !== 'no_evidence';
}
