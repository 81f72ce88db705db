import { packOf, type Query, type Severity } from './query.js';
import type { Result } from './result.js';
import type { Value, ValueType } from './value.js';

/** A column's type and meaning. */
export type MadeColumns = Readonly<Record<string, readonly [type: ValueType, about: string]>>;

/** Sentences, put together in code as queries of the kind `headline` give theirs. */
export function madeHeadline(
  id: string,
  title: string,
  sentences: readonly (readonly [severity: Severity, sentence: string])[],
): Result {
  const columns: MadeColumns = {
    severity: ['text', 'info, or how bad it is'],
    sentence: ['text', 'what is told'],
    look: ['text', 'nothing'],
  };
  const rows = sentences.map(([severity, sentence]) => [severity, sentence, null]);
  return madeResult(id, title, columns, rows, 'headline');
}

/** Rows put together in code, in the form in which queries give theirs, so that every format can write them. */
export function madeResult(
  id: string,
  title: string,
  columns: MadeColumns,
  rows: Value[][],
  kind: Query['kind'] = 'table',
): Result {
  const about = Object.fromEntries(Object.entries(columns).map(([name, [, text]]) => [name, text]));
  async function* once(): AsyncGenerator<Value[][]> {
    if (rows.length > 0) yield rows;
  }
  return {
    query: {
      id,
      pack: packOf(id),
      path: '',
      sql: '',
      text: '',
      title,
      description: '',
      kind,
      severity: null,
      requires: [],
      params: {},
      columns: about,
      chart: null,
      narrow: null,
    },
    columns: Object.entries(columns).map(([name, [type, text]]) => ({ name, type, about: text })),
    rows: once(),
    missing: [],
  };
}
