import { grouped } from '../../base/counted.js';

/** Seconds with one decimal, whole from 100 on. */
export function seconds(value: number): string {
  return `${grouped(value, value < 100 ? 1 : 0)} s`;
}

/** The year of times whose day no evidence tells; `sources.time_base` is then `day` or `order`. */
const NO_DAY = '1970-';

/** `2026-01-02 03:04:05 to 03:09:00 UTC`; the day again where it is another, none where it is not known. Times are ISO 8601. */
export function timeRange(first: string | null, last: string | null): string {
  if (first === null) return 'without times';
  if (first.startsWith(NO_DAY)) return clockRange(first, last ?? first);
  const [start, end] = [first, last ?? first].map((time) => time.slice(0, 19).replace('T', ' '));
  if (start === end) return `${start} UTC`;
  return `${start} to ${start!.slice(0, 10) === end!.slice(0, 10) ? end!.slice(11) : end} UTC`;
}

/** `a, b and c`. */
export function listed(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

/** Times of a day that the evidence does not tell. */
function clockRange(first: string, last: string): string {
  const [start, end] = [first, last].map((time) => time.slice(11, 19));
  return start === end ? `${start}, day unknown` : `${start} to ${end}, day unknown`;
}
