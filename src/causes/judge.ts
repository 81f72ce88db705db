import { type Cause, isFound, type Verdict } from './cause.js';
import { type Figures, Sentence } from './sentence.js';

/** A rule as it is judged: its condition is SQL over the numbers. */
export interface JudgedRule {
  name: string;
  condition: string;
  verdict: Verdict;
  say: Sentence;
}

/** What lookups are blamed on is never ruled out: where no rule may say so, this one fires. */
const SHOWN: JudgedRule = {
  name: 'shown-by-lookups',
  condition: 'blamed > 0',
  verdict: 'possible',
  say: new Sentence(
    '{blamed|slow or failed lookup shows|slow or failed lookups show} signs of it, and nothing else in this evidence does',
  ),
};

/** The rules as they are judged: those that rule out or say that there is no evidence hold only where nothing is blamed on the cause. */
export function judgedRules({ rules }: Cause): JudgedRule[] {
  const guarded = rules.map(({ name, when, verdict, say }): JudgedRule => {
    const conditions = [...(when === null ? [] : [when]), ...(isFound(verdict) ? [] : ['blamed = 0'])];
    const [only = 'true'] = conditions;
    const condition = conditions.length < 2 ? only : conditions.map((one) => `(${one})`).join(' and ');
    return { name, condition, verdict, say };
  });
  return [...guarded, SHOWN];
}

/** What DuckDB says of a cause: its numbers, and which conditions hold, in the order of rules, findings, changes and roots. */
export interface Facts {
  figures: Figures;
  rules: readonly boolean[];
  findings: readonly boolean[];
  changes: readonly boolean[];
  roots: readonly boolean[];
}

export interface Judgement {
  cause: Cause;
  figures: Figures;
  rules: (JudgedRule & { held: boolean })[];
  rule: string;
  verdict: Verdict;
  summary: string;
  findings: string[];
  /** What to change on this evidence, the best first. */
  change: string[];
  /** Causes that it may be a consequence of, the likeliest first. */
  roots: string[];
}

/** The first rule that holds gives the verdict and the sentence. */
export function judge(cause: Cause, facts: Facts): Judgement {
  const { figures } = facts;
  const rules = judgedRules(cause).map((rule, i) => ({ ...rule, held: facts.rules[i]! }));
  const fired = rules.find(({ held }) => held);
  if (!fired) throw new Error(`${cause.path}: no rule holds`);
  const render = (say: Sentence, place: string) => {
    try {
      return say.render(figures, cause.params);
    } catch (error) {
      throw new Error(`${cause.path}: the sentence of ${place}: ${(error as Error).message}`, {
        cause: error,
      });
    }
  };
  return {
    cause,
    figures,
    rules,
    rule: fired.name,
    verdict: fired.verdict,
    summary: render(fired.say, fired.name),
    findings: cause.findings.flatMap((finding, i) => {
      if (!facts.findings[i]) return [];
      return 'each' in finding
        ? [...((figures[finding.each] ?? []) as readonly string[])]
        : [render(finding.say, `finding ${i + 1}`)];
    }),
    change: cause.change.flatMap((item, i) => {
      if (typeof item === 'string') return [item];
      return facts.changes[i] ? [render(item.say, `change ${i + 1}`)] : [];
    }),
    roots: cause.roots.filter((_, i) => facts.roots[i]).map((root) => root.cause),
  };
}

/**
 * The cause that each is a consequence of on this evidence: the first of its roots that is itself possible or surer,
 * or what that one is a consequence of in turn.
 */
export function rootsOf(judgements: readonly Judgement[]): Map<string, string> {
  const found = new Set(judgements.filter(({ verdict }) => isFound(verdict)).map(({ cause }) => cause.id));
  const direct = new Map(
    judgements.flatMap(({ cause, roots }) => {
      const root = found.has(cause.id) ? roots.find((id) => found.has(id)) : undefined;
      return root === undefined ? [] : [[cause.id, root] as const];
    }),
  );
  // a lint holds that roots make no circle
  const deepest = (id: string): string => (direct.has(id) ? deepest(direct.get(id)!) : id);
  return new Map([...direct].map(([id, root]) => [id, deepest(root)]));
}
