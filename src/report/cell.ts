import { grouped } from '../base/counted.js';
import type { ResultColumn } from '../packs/result.js';
import type { Value } from '../packs/value.js';
import { printable } from './escape.js';

/** What the numbers of a column are, told from its name: the bundled queries and tables keep to these names. */
export type Measure = 'seconds' | 'share' | 'bytes' | 'identifier' | 'count';

export function measureOf(name: string): Measure {
  if (/(^|_)seconds$/.test(name)) return 'seconds';
  if (/(^|_)share$/.test(name)) return 'share';
  if (/(^|_)bytes$/.test(name)) return 'bytes';
  return /(^|_)(id|port|txid|frame|line|cpu|year|pid)$/.test(name) ? 'identifier' : 'count';
}

export function alignsRight(column: ResultColumn): boolean {
  return column.type === 'number';
}

/** A value as a person reads it: units, thousands separators, nothing for null, no unprintable character. */
export function cellText(value: Value, column: ResultColumn): string {
  if (value === null) return '';
  if (typeof value === 'number') return numberText(value, measureOf(column.name));
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.map((item) => cellText(item, column)).join(', ');
  if (typeof value === 'object') return printable(JSON.stringify(value));
  return column.type === 'time' ? timeText(value) : printable(value);
}

function numberText(value: number, measure: Measure): string {
  switch (measure) {
    case 'identifier':
      return String(value);
    case 'share':
      return `${(value * 100).toFixed(1)} %`;
    case 'seconds':
      return secondsText(value);
    case 'bytes':
      return bytesText(value);
    case 'count':
      return grouped(value, Number.isInteger(value) ? 0 : Math.abs(value) < 10 ? 2 : 1);
  }
}

/** Seconds from a tenth on, milliseconds with three digits below. */
export function secondsText(value: number): string {
  if (value === 0) return '0 s';
  if (Math.abs(value) >= 0.1) return `${grouped(value, 3)} s`;
  const milliseconds = value * 1000;
  return `${Math.abs(milliseconds) < 0.001 ? milliseconds : milliseconds.toPrecision(3)} ms`;
}

/** Bytes in units of 1,000. */
export function bytesText(value: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let scaled = value;
  let unit = 0;
  // three digits of 999.5 round to 1000
  while (Math.abs(scaled) >= (unit === 0 ? 1000 : 999.5) && unit < units.length - 1) {
    scaled /= 1000;
    unit++;
  }
  const whole = unit === 0 || Math.abs(scaled) >= 999.5;
  return `${whole ? grouped(scaled, 0) : scaled.toPrecision(3)} ${units[unit]}`;
}

/** `2026-01-02 03:04:05.123Z`: to the millisecond, in UTC. */
function timeText(iso: string): string {
  return iso.replace(/(\.\d{3})\d+Z$/, '$1Z').replace('T', ' ');
}
