import { isMapping, WrongValue, type Field } from './front-matter.js';

/** A number that SQL judges by, written `$name` there, with its meaning. */
export interface Threshold {
  default: number;
  description: string;
}

export type Thresholds = Readonly<Record<string, Threshold>>;

export const thresholds: Field<Thresholds> = (value) => {
  if (value === undefined) return {};
  const valid =
    isMapping(value) &&
    Object.values(value).every(
      (t) => isMapping(t) && typeof t['default'] === 'number' && typeof t['description'] === 'string',
    );
  if (!valid) throw new WrongValue('must map each threshold to {default, description}');
  return value as unknown as Thresholds;
};

const USE = /\$([a-z_]+)/g;

/** Those that a statement uses. */
export function usedIn(sql: string, known: Thresholds): Thresholds {
  const names = new Set(Array.from(sql.matchAll(USE), ([, name]) => name));
  return Object.fromEntries(Object.entries(known).filter(([name]) => names.has(name)));
}

/** The statement with their numbers in place; a name that is none of them is a bug in `path`. */
export function withThresholds(sql: string, known: Thresholds, path: string): string {
  return sql.replace(USE, (_, name: string) => {
    const threshold = known[name];
    if (!threshold) throw new Error(`${path}: there is no threshold $${name}`);
    return String(threshold.default);
  });
}
