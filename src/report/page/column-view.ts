import type { ResultColumn } from '../../packs/result.js';
import type { Value } from '../../packs/value.js';
import { alignsRight, cellText, grouped, measureOf } from '../cell.js';

/** How a page's table shows a column: the unit stands in the head, so that the values below can be compared. */
export interface ColumnView {
  /** The name as words, without its unit. */
  label: string;
  unit: string | null;
  right: boolean;
  /** The value as text, not escaped for HTML. */
  text: (value: Value) => string;
}

/** Powers of a thousand below one unit, from the largest. */
const SECONDS: readonly [unit: string, one: number][] = [
  ['s', 1],
  ['ms', 1e-3],
  ['µs', 1e-6],
];
const BYTES: readonly [unit: string, one: number][] = [
  ['GB', 1e9],
  ['MB', 1e6],
  ['kB', 1e3],
  ['B', 1],
];

/** The view of a column with these values, whose unit is chosen by the largest of them. */
export function viewOf(column: ResultColumn, values: readonly Value[]): ColumnView {
  const right = alignsRight(column);
  const plain = { label: labelOf(column.name), unit: null, right };
  if (column.type === 'time')
    return { ...plain, unit: 'UTC', text: (value) => cellText(value, column).replace(/Z$/, '') };
  switch (right ? measureOf(column.name) : null) {
    case 'seconds':
      return { ...plain, ...scaled(SECONDS, values, 3) };
    case 'bytes':
      return { ...plain, ...scaled(BYTES, values, 1) };
    case 'share':
      return { ...plain, unit: '%', text: numbers((value) => grouped(value * 100, 1)) };
    default:
      return { ...plain, text: (value) => cellText(value, column) };
  }
}

function labelOf(name: string): string {
  return name.replace(/(?<=.)_(seconds|bytes|share)$/, '').replaceAll('_', ' ');
}

function scaled(
  units: readonly [string, number][],
  values: readonly Value[],
  decimals: number,
): Pick<ColumnView, 'unit' | 'text'> {
  const largest = values.reduce<number>(
    (most, value) => (typeof value === 'number' ? Math.max(most, Math.abs(value)) : most),
    0,
  );
  const [unit, one] =
    largest === 0
      ? units.find(([, size]) => size === 1)!
      : (units.find(([, size]) => largest >= size) ?? units.at(-1)!);
  return { unit, text: numbers((value) => scaledText(value / one, unit === 'B' ? 0 : decimals)) };
}

/** With so many decimals; with two digits where they would show nothing but zeros. */
function scaledText(value: number, decimals: number): string {
  const hidden = value !== 0 && Math.abs(value) < 10 ** -decimals;
  return hidden ? String(Number(value.toPrecision(2))) : grouped(value, decimals);
}

function numbers(text: (value: number) => string): (value: Value) => string {
  return (value) => (typeof value === 'number' ? text(value) : value === null ? '' : String(value));
}
