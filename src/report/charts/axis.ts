import { grouped } from '../../base/counted.js';
import { bytesText, measureOf } from '../cell.js';

const DAY = 86_400_000;
const HOUR = 3_600_000;

/** A value of a column as the label of an axis. */
export function axisLabel(value: number, column: string): string {
  switch (measureOf(column)) {
    case 'seconds':
      return secondsLabel(value);
    case 'share':
      return `${Number((value * 100).toPrecision(3))} %`;
    case 'bytes':
      return bytesText(value);
    case 'identifier':
      return String(value);
    case 'count':
      return Math.abs(value) < 10_000 ? grouped(value, decimals(value)) : thousands(value);
  }
}

function secondsLabel(value: number): string {
  if (value !== 0 && Math.abs(value) < 0.1) return `${Number((value * 1000).toPrecision(3))} ms`;
  return `${Math.abs(value) < 1000 ? Number(value.toPrecision(4)) : grouped(value)} s`;
}

function decimals(value: number): number {
  return Number.isInteger(value) ? 0 : Math.min(6, Math.max(1, Math.ceil(-Math.log10(Math.abs(value)))));
}

function thousands(value: number): string {
  const power = Math.min(5, Math.floor(Math.log10(Math.abs(value)) / 3));
  return `${Number((value / 1000 ** power).toPrecision(3))}${['', 'k', 'M', 'G', 'T', 'P'][power]}`;
}

/** A column's name as words, its unit left to the values: `p99_seconds` is "p99". */
export function words(column: string): string {
  return column.replace(/(?<=.)_(seconds|bytes)$/, '').replaceAll('_', ' ');
}

/** Writes times along an axis from one instant to another, in milliseconds, as fine as they need. */
export function timeLabels(from: number, to: number): (time: number) => string {
  const iso = (time: number): string => new Date(time).toISOString();
  if (to - from > 3 * DAY) return (time) => iso(time).slice(5, 10);
  if (day(from) !== day(to)) return (time) => `${iso(time).slice(8, 10)}, ${iso(time).slice(11, 16)}`;
  return (time) => iso(time).slice(11, to - from > HOUR ? 16 : 19);
}

/** "time (UTC), 2026-11-22"; the two days where there are two, none where the evidence tells none. */
export function timeTitle(from: number, to: number): string {
  const [first, last] = [day(from), day(to)];
  if (first.startsWith('1970-')) return 'time, day unknown';
  return `time (UTC), ${first === last ? first : `${first} to ${last}`}`;
}

function day(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** The lowest and the highest value; spread would overflow the stack. */
export function extent(values: readonly number[]): [number, number] {
  return values.reduce<[number, number]>(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Infinity, -Infinity],
  );
}
