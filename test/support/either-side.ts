/** What tests of a limit ask on either side of it. */
export type GivenRow = Record<string, string | number | boolean | null>;

/** What a lookup waited for: an attempt that was answered within a second. */
export const WAIT = {
  transaction_id: 1,
  lookup_id: 1,
  state: 'answered',
  asked_ns: 0,
  before_ns: 0,
  until_ns: ns(1),
  qname_id: 1,
  qtype: 1,
};

/** Seconds as the nanoseconds of the models' times. */
export function ns(seconds: number): number {
  return Math.round(seconds * 1e9);
}

/** The same instant as evidence has it. */
export function time(seconds: number): string {
  const nanos = String(ns(seconds) % 1e9).padStart(9, '0');
  return `${new Date(Math.floor(ns(seconds) / 1e6)).toISOString().slice(0, 19)}.${nanos}`;
}

/** So many rows alike, with what tells each from the others. */
export function rows<T>(number: number, row: (i: number) => T): T[] {
  return Array.from({ length: number }, (_, i) => row(i));
}

/** What a function makes of each value, one after the other. */
export async function each<V, R>(values: readonly V[], of: (value: V) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const value of values) results.push(await of(value));
  return results;
}
