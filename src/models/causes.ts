import { textLiteral } from '../store/sql-text.js';
import { oneOf, WrongValue, type Field } from './front-matter.js';
import type { Model } from './model.js';
import { thresholds, type Thresholds } from './thresholds.js';

/** What the front-matter of a cause's file adds to a model's. */
export interface CauseMeta {
  kind: 'fault' | 'cost';
  /** Thresholds of its own; a loaded cause has those that it shares with other models too. */
  params: Thresholds;
  /** What to change, one setting an entry. */
  change: string[];
  /** What to collect next, as commands to paste. */
  collect: string[];
  /** Ids of the queries to look at next. */
  look: string[];
}

/** A known cause: a model of one row with its verdict, summary and findings. */
export interface Cause extends Model, CauseMeta {}

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
  look: sentences,
};

/** The cause's id as users know it: `conntrack-race`. */
function causeId(cause: Model): string {
  return cause.name.replaceAll('_', '-');
}

/** The model that puts all verdicts together, each with its cause's advice. */
export function verdicts(causes: readonly Cause[]): Model {
  const rows = causes.map(
    (cause) =>
      `select ${textLiteral(causeId(cause))} as cause, ${textLiteral(cause.title)} as title, ${textLiteral(cause.kind)} as kind, ` +
      `verdict, summary, findings, ${list(cause.change)} as change, ${list(cause.collect)} as collect, ${list(cause.look)} as look from causes.${cause.name}`,
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
  return `[${texts.map(textLiteral).join(', ')}]`;
}
