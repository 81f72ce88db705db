import { measureOf } from '../cell.js';

const DAY = 86_400_000;

/** Vega's expression for the labels of an axis with the values of a column. */
export function labelExpression(column: string): string {
  switch (measureOf(column)) {
    case 'seconds':
      return "datum.value === 0 ? '0 s' : datum.value < 1 ? replace(format(datum.value, '~s'), /([mµn]?)$/, ' $1s') : format(datum.value, ',~r') + ' s'";
    case 'share':
      return "format(datum.value, '~%')";
    case 'bytes':
      return "format(datum.value, '~s') + 'B'";
    case 'identifier':
      return "format(datum.value, '~f')";
    case 'count':
      return "datum.value < 10000 ? format(datum.value, ',~r') : format(datum.value, '~s')";
  }
}

/** A column's name as words, its unit left to the values: `p99_seconds` is "p99". */
export function words(column: string): string {
  return column.replace(/(?<=.)_(seconds|bytes)$/, '').replaceAll('_', ' ');
}

/** Format of times along an axis from one instant to another, in milliseconds. */
export function timeFormat(from: number, to: number): string {
  if (to - from > 3 * DAY) return '%b %d';
  if (sameDay(from, to)) return to - from > 3_600_000 ? '%H:%M' : '%H:%M:%S';
  return '%d, %H:%M';
}

/** "time, UTC, 2026-11-22"; the two days where there are two. */
export function timeTitle(from: number, to: number): string {
  const [first, last] = [day(from), day(to)];
  return `time (UTC), ${first === last ? first : `${first} to ${last}`}`;
}

function sameDay(from: number, to: number): boolean {
  return day(from) === day(to);
}

function day(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** Whole powers of ten around the values that a logarithm can show. */
export function logDomain(values: readonly number[]): [number, number] {
  const above = values.filter((value) => value > 0);
  if (above.length === 0) return [1, 10];
  const [low, high] = extent(above);
  const from = Math.floor(Math.log10(low));
  return [10 ** from, 10 ** Math.max(from + 1, Math.ceil(Math.log10(high)))];
}

/** Values to label on a logarithmic axis, about `most` of them: powers of ten, and what lies between where these are few. */
export function logTicks([from, to]: readonly [number, number], most: number): number[] {
  const [low, high] = [Math.floor(Math.log10(from)), Math.ceil(Math.log10(to))];
  const powers = Array.from({ length: high - low + 1 }, (_, i) => 10 ** (low + i));
  const steps = powers.length * 3 <= most + 2 ? [1, 2, 5] : [1];
  const every = Math.ceil(powers.length / most);
  return powers
    .filter((_, i) => i % every === 0)
    .flatMap((power) => steps.map((step) => Number((step * power).toPrecision(3))))
    .filter((value) => value >= from * 0.999 && value <= to * 1.001);
}

/** The lowest and the highest value; spread would overflow the stack. */
export function extent(values: readonly number[]): [number, number] {
  return values.reduce<[number, number]>(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Infinity, -Infinity],
  );
}
