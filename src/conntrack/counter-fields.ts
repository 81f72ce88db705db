import { COUNTERS, type Counter } from '../raw/tables/kernel.js';

export const COUNTER_NAMES = Object.keys(COUNTERS) as Counter[];
const INDEX = new Map<string, number>(COUNTER_NAMES.map((name, index) => [name, index]));

/** Other spellings, of /proc/net/stat/nf_conntrack (nf_conntrack_standalone.c, ct_cpu_seq_show). */
const ALIASES: Readonly<Record<string, Counter>> = {
  icmp_error: 'error',
  clashres: 'clash_resolve',
  chainlength: 'chaintoolong',
};

/** Counters by their place in COUNTER_NAMES; NaN where the input has none. */
export type CounterValues = Float64Array;

export function noCounters(): CounterValues {
  return new Float64Array(COUNTER_NAMES.length).fill(NaN);
}

/** The place of a counter that a tool or kernel names, or -1. */
export function counterIndex(name: string): number {
  return INDEX.get(Object.hasOwn(ALIASES, name) ? ALIASES[name]! : name) ?? -1;
}

/** A counter's value; null if it is no whole number that a double holds exactly. */
export function counterValue(digits: string, base: 10 | 16): number | null {
  const value = (base === 16 ? /^[\da-f]{1,13}$/i : /^\d{1,16}$/).test(digits) ? parseInt(digits, base) : NaN;
  return Number.isSafeInteger(value) ? value : null;
}
