import { grouped } from '../../packs/counted.js';

/** Seconds with one decimal, whole from 100 on. */
export function seconds(value: number): string {
  return `${grouped(value, value < 100 ? 1 : 0)} s`;
}

/** `2026-01-02 03:04:05 to 03:09:00 UTC`; the day again where it is another. Times are ISO 8601. */
export function timeRange(first: string | null, last: string | null): string {
  if (first === null) return 'without times';
  const [start, end] = [first, last ?? first].map((time) => time.slice(0, 19).replace('T', ' '));
  if (start === end) return `${start} UTC`;
  return `${start} to ${start!.slice(0, 10) === end!.slice(0, 10) ? end!.slice(11) : end} UTC`;
}

/** `a, b and c`. */
export function listed(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
