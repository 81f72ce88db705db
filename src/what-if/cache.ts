import { nanosOf } from '../base/time/nanos.js';
import type { Id } from '../packs/rows.js';
import type { CacheRules } from './change.js';
import type { Step } from './lookups.js';

/** A row of the query what-if/questions. */
export interface Question {
  lookup_id: Id;
  node: string;
  qname: string;
  qtype: string;
  asked_at: string;
  answered_at: string | null;
  attempts: number;
  outcome: string;
  ttl: number | null;
}

/** What one node's cache is asked: all halves of a step that nobody asked so far, or one recorded question. */
interface Asked {
  step: Step;
  key: string;
  asked: bigint;
  /** When the answer is there, and how long it is kept; null where there is nothing to keep. */
  kept: { from: bigint; seconds: number } | null;
  queries: number;
  share: number;
}

/**
 * Takes from the steps what a cache on each node would have answered: a question asked again while the answer that
 * the cache fetched is still good. A hit costs no query and no time. The questions come in the order of their times,
 * one by one: there may be more than memory holds.
 */
export async function answerFromCache(
  steps: readonly Step[],
  questions: Iterable<Question> | AsyncIterable<Question>,
  rules: CacheRules,
): Promise<void> {
  const cache = new Cache();
  const tried = new Map(
    steps
      .filter((step) => step.recorded && step.after_queries > 0)
      .map((step) => [`${step.lookup_id} ${step.qname}`, step]),
  );
  for await (const question of questions) {
    const step = tried.get(`${question.lookup_id} ${question.qname}`);
    if (step) cache.ask(recorded(step, question, rules));
  }
  // names of these keys are none of the evidence, so that those are asked by themselves
  const added = steps.filter((step) => !step.recorded && step.after_queries > 0);
  const asked = added.map((step) => unrecorded(step, rules));
  asked.sort((a, b) => (a.asked < b.asked ? -1 : a.asked > b.asked ? 1 : 0));
  for (const one of asked) cache.ask(one);
  cache.settle();
}

/** The nodes' caches together. */
class Cache {
  private readonly kept = new Map<string, { from: bigint; until: bigint }>();
  /** Of steps of which halves were found: what is left to ask for. */
  private readonly missed = new Map<Step, number>();

  ask({ step, key, asked: at, kept, queries, share }: Asked): void {
    const entry = this.kept.get(key);
    if (entry && at >= entry.from && at < entry.until) {
      step.after_queries -= queries;
      this.missed.set(step, (this.missed.get(step) ?? 1) - share);
    } else if (kept) {
      const until = kept.from + BigInt(Math.round(kept.seconds * 1e9));
      this.kept.set(key, { from: kept.from, until });
    }
  }

  /** Steps of which everything was found take no time. */
  settle(): void {
    for (const [step, share] of this.missed) if (share < 1e-9) step.after_seconds = 0;
  }
}

function recorded(step: Step, question: Question, rules: CacheRules): Asked {
  const { node, qname, qtype, asked_at, answered_at, attempts, outcome, ttl } = question;
  const keeps = answered_at !== null && ttl !== null && (outcome === 'answered' || outcome === 'negative');
  return {
    step,
    key: `${node} ${qtype} ${qname}`,
    asked: nanosOf(asked_at),
    kept: keeps ? { from: nanosOf(answered_at), seconds: keptSeconds(ttl, outcome, rules) } : null,
    queries: step.after_queries < step.queries ? 1 : attempts,
    share: 1 / step.halves,
  };
}

/** Names that nobody asked in the evidence are taken not to exist, and kept as long as such answers may be. */
function unrecorded(step: Step, rules: CacheRules): Asked {
  return {
    step,
    key: `${step.node ?? step.client} ${step.qname}`,
    asked: nanosOf(step.started_at),
    kept: { from: nanosOf(step.started_at), seconds: keptSeconds(Infinity, 'negative', rules) },
    queries: step.after_queries,
    share: 1,
  };
}

function keptSeconds(ttl: number, outcome: string, { least, most, mostNegative }: CacheRules): number {
  return Math.min(Math.max(ttl, least), outcome === 'negative' ? mostNegative : most);
}
