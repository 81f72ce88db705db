import type { Cause } from '../causes/cause.js';
import type { Figure } from '../causes/sentence.js';
import type { Database } from '../store/database.js';
import { textLiteral } from '../base/sql-text.js';

/** Why a cause has its verdict, as `dnslens explain CAUSE --json` gives it. */
export interface CauseStory {
  cause: string;
  title: string;
  verdict: string;
  /** The rule that fired. */
  rule: string;
  summary: string;
  findings: string[];
  /** The cause that it is a consequence of here. */
  root: string | null;
  signs: SignCount[];
  /** Slow and failed lookups that are blamed on it, and what they took. */
  lookups: number;
  lookup_seconds: number;
  /** The first few things that show it, as lines that point into the evidence. */
  examples: string[];
  /** What shows it, in words, with how many signs say so. */
  reasons: { reason: string; signs: number }[];
  numbers: Record<string, Figure>;
  limits: Limit[];
  /** The rules up to the one that fired, in order. */
  rules: RuleOutcome[];
}

export interface SignCount {
  /** shown, fits or example: CONTRIBUTING.md, "A cause". */
  strength: string;
  signs: number;
}

export interface Limit {
  name: string;
  value: number;
  unit: string;
  description: string;
  source: string;
}

export interface RuleOutcome {
  rule: string;
  condition: string;
  verdict: string;
  fired: boolean;
}

/** Reasons that are told. */
const REASONS = 3;

type Row = Omit<CauseStory, 'numbers' | 'signs' | 'examples' | 'reasons' | 'limits' | 'rules'> & {
  numbers: string;
};

/** Reads why a database gives a cause its verdict. */
export async function tellCause(database: Database, cause: Cause): Promise<CauseStory> {
  const of = `where cause = ${textLiteral(cause.id)}`;
  const [row] = await database.rows<Row>(
    `select cause, title, verdict, rule, summary, findings, root, lookups::DOUBLE as lookups, lookup_seconds, numbers from main.causes ${of}`,
  );
  const { numbers, ...judged } = row!;
  const rules = await database.rows<RuleOutcome>(
    `select rule, condition, verdict, fired from work.cause_rules ${of} order by place`,
  );
  const examples = await database.rows<{ example: string }>(
    `select example from work.cause_examples ${of} order by ns, transaction_id`,
  );
  return {
    ...judged,
    signs: await database.rows(
      `select strength, count(*)::DOUBLE as signs from work.signs ${of} group by strength order by strength desc`,
    ),
    examples: examples.map(({ example }) => example),
    reasons: await database.rows(
      `select reason, count(*)::DOUBLE as signs from work.signs ${of} and strength <> 'example' group by reason order by signs desc, reason limit ${REASONS}`,
    ),
    numbers: JSON.parse(numbers) as CauseStory['numbers'],
    limits: Object.entries(cause.params).map(([name, { default: value, unit, description, source }]) => ({
      name,
      value,
      unit,
      description,
      source,
    })),
    rules: rules.slice(0, rules.findIndex(({ fired }) => fired) + 1),
  };
}
