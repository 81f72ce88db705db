import { UserError } from './user-error.js';
import { didYouMean } from './suggest.js';
import { parseYaml } from './yaml.js';

/**
 * Front-matter of a `.sql` file: YAML in SQL comments between two `-- ---` lines at the file's top, so that
 * the file stays plain SQL to every other tool.
 *
 *     -- ---
 *     -- title: Lookups that walk the search list
 *     -- ---
 *     select ...
 */
const FENCE = /^-- ---\s*$/;

/** Reads one key's value (undefined where the key is absent); throws WrongValue with what it must be. */
export type Field<T> = (value: unknown) => T;

/** The keys that one kind of file may have. */
export type Fields<T> = { readonly [K in keyof T]: Field<T[K]> };

/** What is wrong with a value, worded to follow the key's name: `must be a text`. */
export class WrongValue extends Error {}

/** Splits `source` into its validated front-matter and its SQL. Throws UserError with one sentence naming `path`. */
export function parseFrontMatter<T extends object>(
  source: string,
  path: string,
  fields: Fields<T>,
): { meta: T; sql: string } {
  const { yaml, sql } = split(source, path);
  const values = mappingOf(yaml, path);
  const known = Object.keys(fields);
  for (const key of Object.keys(values)) {
    if (known.includes(key)) continue;
    throw new UserError(
      'wrong-query-file',
      `${path}: the front-matter has an unknown key "${key}"${didYouMean(key, known)}`,
    );
  }
  const meta: Partial<T> = {};
  for (const key of known as (keyof T & string)[]) {
    try {
      meta[key] = fields[key](values[key]);
    } catch (error) {
      if (error instanceof WrongValue) {
        throw new UserError('wrong-query-file', `${path}: "${key}" in the front-matter ${error.message}`);
      }
      throw error;
    }
  }
  return { meta: meta as T, sql };
}

/** The two parts of a file: the front-matter's YAML and the SQL. Throws UserError with one sentence naming `path`. */
export function split(source: string, path: string): { yaml: string; sql: string } {
  const lines = source.replace(/^\uFEFF/, '').split(/\r?\n/);
  if (!FENCE.test(lines[0]!)) {
    throw new UserError(
      'wrong-query-file',
      `${path}: the first line must be "-- ---", the start of the front-matter`,
    );
  }
  const end = lines.findIndex((line, i) => i > 0 && FENCE.test(line));
  if (end === -1)
    throw new UserError(
      'wrong-query-file',
      `${path}: the front-matter has no end; close it with a line of "-- ---"`,
    );
  const inside = lines.slice(1, end);
  const stray = inside.findIndex((line) => !/^--( |$)/.test(line));
  if (stray !== -1) {
    throw new UserError(
      'wrong-query-file',
      `${path}: line ${stray + 2} is inside the front-matter and must start with "-- "`,
    );
  }
  const sql = lines
    .slice(end + 1)
    .join('\n')
    .trim()
    .replace(/;$/, '')
    .trimEnd();
  if (sql === '') throw new UserError('wrong-query-file', `${path}: there is no SQL after the front-matter`);
  return { yaml: inside.map((line) => line.slice(3)).join('\n'), sql };
}

function mappingOf(yaml: string, path: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = parseYaml(yaml);
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'YAMLParseError') throw error;
    const { linePos } = error as Error & { linePos?: { line: number }[] };
    const line = linePos ? ` (line ${linePos[0]!.line + 1})` : '';
    throw new UserError(
      'wrong-query-file',
      `${path}: the front-matter is not valid YAML${line}: ${error.message.split('\n')[0]}`,
    );
  }
  if (!isMapping(value))
    throw new UserError('wrong-query-file', `${path}: the front-matter must be a mapping of keys to values`);
  return value;
}

export function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text that is not empty; line breaks of YAML's block scalars are kept inside, not at the ends. */
export const text: Field<string> = (value) => {
  if (value === undefined) throw new WrongValue('is missing');
  if (typeof value !== 'string' || value.trim() === '') throw new WrongValue('must be a text');
  return value.trim();
};

/** One of some words. */
export function oneOf<T extends string>(...words: readonly T[]): Field<T> {
  return (value) => {
    if (value === undefined) throw new WrongValue('is missing');
    if (words.includes(value as T)) return value as T;
    throw new WrongValue(`must be one of ${words.join(', ')}`);
  };
}

/** A list of names of tables, perhaps with their schema (`raw.sources`). */
export const tableList: Field<string[]> = (value) => {
  if (value === undefined) throw new WrongValue('is missing');
  if (Array.isArray(value) && value.every((name) => String(name).split('.').every(isName))) return value;
  throw new WrongValue('must be a list of tables');
};

/** A list of columns' names. */
export const columnList: Field<string[]> = (value) => {
  if (Array.isArray(value) && value.length > 0 && value.every(isName)) return value;
  throw new WrongValue('must be a list of columns');
};

/** The columns of a key; none of what has one row. */
export const keyColumns: Field<string[]> = (value) => {
  if (Array.isArray(value) && value.every(isName)) return value;
  throw new WrongValue('must be a list of columns, or an empty one');
};

/** What columns mean, with their units, by their names. */
export const meanings: Field<Record<string, string>> = (value) => {
  if (value === undefined) throw new WrongValue('is missing');
  const valid =
    isMapping(value) && Object.entries(value).every(([name, about]) => isName(name) && isText(about));
  if (!valid) throw new WrongValue('must map each column to its meaning and unit');
  return value as Record<string, string>;
};

/** Whether a value is a text that is not empty. */
export function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

/** A key that may be left out. */
export function maybe<T, D>(field: Field<T>, absent: D): Field<T | D> {
  return (value) => (value === undefined ? absent : field(value));
}

/** Whether a value is an SQL name that needs no quotes, in lower case. */
export function isName(value: unknown): value is string {
  return typeof value === 'string' && /^[a-z_][a-z0-9_]*$/.test(value);
}
