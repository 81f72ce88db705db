import { UserError } from '../base/user-error.js';
import type { Evidence } from './evidence.js';
import { PARAM_TYPES, type ParamType, type Query } from './query.js';
import { didYouMean } from '../base/suggest.js';

const EXAMPLES: Readonly<Record<ParamType, string>> = {
  text: 'any text',
  integer: 'a whole number such as 20',
  number: 'a number such as 0.5',
  boolean: 'true or false',
  interval: 'a span of time such as 10 seconds',
  time: 'a time such as 2026-01-02T03:04:05Z',
};

/** Splits `--param K=V` options; throws UserError for one without `=`. */
export function splitParams(options: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    options.map((option) => {
      const at = option.indexOf('=');
      if (at < 1)
        throw new UserError('wrong-value', `--param ${option} has no value; write --param NAME=VALUE`);
      return [option.slice(0, at), option.slice(at + 1)];
    }),
  );
}

/** Checks that each parameter given is declared by one of the queries, with a value of its type. */
export async function checkParams(
  evidence: Evidence,
  queries: readonly Query[],
  given: Readonly<Record<string, string>>,
): Promise<void> {
  const known = queries.flatMap((query) => Object.keys(query.params));
  for (const [name, value] of Object.entries(given)) {
    if (!known.includes(name)) {
      const what = queries.length === 1 ? queries[0]!.id : 'any query here';
      throw new UserError(
        'unknown-flag',
        `--param ${name} is no parameter of ${what}${didYouMean(name, known) || taken(known)}`,
      );
    }
    for (const type of new Set(queries.flatMap((query) => query.params[name]?.type ?? []))) {
      await checkValue(evidence, name, value, type);
    }
  }
}

/** The end of an error's sentence: what there is to name. */
function taken(known: readonly string[]): string {
  const names = [...new Set(known)];
  if (names.length === 0) return ', which takes none';
  return `; it takes ${names.join(', ')}`;
}

async function checkValue(evidence: Evidence, name: string, value: string, type: ParamType): Promise<void> {
  const reader = await evidence.connection.runAndReadAll(
    `select try_cast($value as ${PARAM_TYPES[type]}) is not null`,
    { value },
  );
  if (reader.getRows()[0]![0] === true) return;
  throw new UserError('wrong-value', `--param ${name}=${value} must be ${EXAMPLES[type]}`);
}
