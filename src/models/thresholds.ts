import { isMapping, WrongValue, type Field } from '../base/front-matter.js';

/** A number that SQL judges by, written `$name` there: its unit, its meaning, and where it comes from. */
export interface Threshold {
  default: number;
  unit: string;
  description: string;
  source: string;
}

export type Thresholds = Readonly<Record<string, Threshold>>;

export const thresholds: Field<Thresholds> = (value) => {
  if (value === undefined) return {};
  if (!isMapping(value)) throw new WrongValue('must map each limit to {default, unit, description, source}');
  for (const [name, limit] of Object.entries(value)) {
    if (!isMapping(limit) || typeof limit['default'] !== 'number')
      throw new WrongValue(`must give the limit ${name} a number as its default`);
    const missing = ['unit', 'description', 'source'].filter((key) => typeof limit[key] !== 'string');
    if (missing.length > 0) throw new WrongValue(`must give the limit ${name} its ${missing.join(' and ')}`);
  }
  return value as unknown as Thresholds;
};

const USE = /\$([a-z_]+)/g;

/** Those that a text uses. */
export function usedIn(text: string, known: Thresholds): Thresholds {
  const names = new Set(Array.from(text.matchAll(USE), ([, name]) => name));
  return Object.fromEntries(Object.entries(known).filter(([name]) => names.has(name)));
}

/** The statement with their numbers in place; a name that is none of them is a bug in `path`. */
export function withThresholds(sql: string, known: Thresholds, path: string): string {
  return sql.replace(USE, (_, name: string) => {
    const threshold = known[name];
    if (!threshold) throw new Error(`${path}: there is no limit $${name}`);
    return String(threshold.default);
  });
}
