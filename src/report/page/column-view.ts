import type { ResultColumn } from '../../packs/result.js';
import type { Value } from '../../packs/value.js';
import { grouped } from '../../base/counted.js';
import { alignsRight, cellText, measureOf } from '../cell.js';

/** How a page's table shows a column: the unit stands in the head, so that the values below can be compared. */
export interface ColumnView {
  /** The name as words, without its unit. */
  label: string;
  unit: string | null;
  right: boolean;
  /** Whether its longest value fits into a line, on paper into a part of one, or into neither. */
  room: 'short' | 'name' | 'long';
  /** The value as text, not escaped for HTML. */
  text: (value: Value) => string;
}

/** Units from the largest on; no smaller ones, so that columns beside each other can be compared. */
const SECONDS: readonly [unit: string, one: number][] = [
  ['s', 1],
  ['ms', 1e-3],
];
const BYTES: readonly [unit: string, one: number][] = [
  ['GB', 1e9],
  ['MB', 1e6],
  ['kB', 1e3],
  ['B', 1],
];

/** Characters that a cell holds in one line on a screen, and on paper beside a dozen others. */
const LINE = 44;
const PAPER = 24;

/** The view of a column with these values, whose unit is chosen by the largest of them. */
export function viewOf(column: ResultColumn, values: readonly Value[]): ColumnView {
  const right = alignsRight(column);
  const { unit, text } = (right ? measured(column.name, values) : null) ?? plain(column, values);
  const longest = right ? 0 : values.reduce<number>((most, value) => Math.max(most, text(value).length), 0);
  const room = longest <= PAPER ? 'short' : longest <= LINE ? 'name' : 'long';
  return { label: labelOf(column.name), unit, right, room, text };
}

type Measured = Pick<ColumnView, 'unit' | 'text'>;

/** Texts as they are; of times of one day the day stands in the head. */
function plain(column: ResultColumn, values: readonly Value[]): Measured {
  const text = (value: Value): string => cellText(value, column);
  if (column.type !== 'time') return { unit: null, text };
  const days = [
    ...new Set(values.filter((value) => value !== null).map((value) => text(value).slice(0, 10))),
  ];
  const [day] = days;
  if (days.length !== 1 || day === undefined)
    return { unit: 'UTC', text: (value) => text(value).replace(/Z$/, '') };
  return { unit: `UTC, ${day}`, text: (value) => text(value).slice(11).replace(/Z$/, '') };
}

function measured(name: string, values: readonly Value[]): Measured | null {
  switch (measureOf(name)) {
    case 'seconds':
      return scaled(SECONDS, values, 3);
    case 'bytes':
      return scaled(BYTES, values, 1);
    case 'share':
      return { unit: '%', text: numbers((value) => grouped(value * 100, 1)) };
    default:
      return null;
  }
}

function labelOf(name: string): string {
  return name.replace(/(?<=.)_(seconds|bytes|share)$/, '').replaceAll('_', ' ');
}

function scaled(units: readonly [string, number][], values: readonly Value[], decimals: number): Measured {
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
