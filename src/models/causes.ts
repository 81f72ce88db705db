import { isMapping, oneOf, WrongValue, type Field } from './front-matter.js';
import type { Model } from './model.js';

/** A threshold of a cause, with its meaning. */
export interface Threshold {
  default: number;
  description: string;
}

/** What the front-matter of a cause's file adds to a model's. */
export interface CauseMeta {
  kind: 'fault' | 'cost';
  params: Record<string, Threshold>;
  /** What to change, one setting an entry. */
  change: string[];
  /** What to collect next, as commands to paste. */
  collect: string[];
}

/** A known cause: a model of one row with its verdict, summary and findings. */
export interface Cause extends Model, CauseMeta {}

const thresholds: Field<Record<string, Threshold>> = (value) => {
  if (value === undefined) return {};
  const valid =
    isMapping(value) &&
    Object.values(value).every(
      (t) => isMapping(t) && typeof t['default'] === 'number' && typeof t['description'] === 'string',
    );
  if (!valid) throw new WrongValue('must map each threshold to {default, description}');
  return value as unknown as Record<string, Threshold>;
};

const sentences: Field<string[]> = (value) => {
  if (Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string'))
    return value;
  throw new WrongValue('must be a list of texts');
};

export const causeFields = {
  kind: oneOf('fault', 'cost'),
  params: thresholds,
  change: sentences,
  collect: sentences,
};

/** The cause's id as users know it: `conntrack-race`. */
function causeId(cause: Model): string {
  return cause.name.replaceAll('_', '-');
}

/** The cause's statement with its thresholds in place. */
export function withThresholds(sql: string, params: Record<string, Threshold>): string {
  return sql.replace(/\$([a-z_]+)/g, (whole, name: string) => String(params[name]?.default ?? whole));
}

/** The model that puts all verdicts together, each with its cause's advice. */
export function verdicts(causes: readonly Cause[]): Model {
  const rows = causes.map(
    (cause) =>
      `select ${quoted(causeId(cause))} as cause, ${quoted(cause.title)} as title, ${quoted(cause.kind)} as kind, ` +
      `verdict, summary, findings, ${list(cause.change)} as change, ${list(cause.collect)} as collect from causes.${cause.name}`,
  );
  return {
    name: 'verdicts',
    schema: 'work',
    title: 'Verdicts',
    description: 'One row a known cause, with its verdict and its advice.',
    from: causes.map((cause) => `causes.${cause.name}`),
    materialized: 'table',
    sql: rows.join('\nunion all\n'),
  };
}

function list(texts: readonly string[]): string {
  return `[${texts.map(quoted).join(', ')}]`;
}

function quoted(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
