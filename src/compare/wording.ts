import { grouped } from '../base/counted.js';
import { secondsText } from '../report/cell.js';
import { type Change, hasChanged } from './changes.js';
import type { Measure } from './measures.js';

/** A value in its measure's unit. */
export function inUnit({ unit }: Measure, value: number | null): number | null {
  return value === null ? null : unit === 'per thousand' ? value * 1000 : value;
}

/** The same as a person reads it. */
export function valueText(measure: Measure, raw: number | null): string {
  const value = inUnit(measure, raw);
  if (value === null) return '';
  switch (measure.unit) {
    case 'share':
      return `${(value * 100).toFixed(1)} %`;
    case 'seconds':
      return secondsText(value);
    case 'per lookup':
      return value.toFixed(2);
    case 'per thousand':
      return grouped(value, Math.abs(value) < 10 ? 2 : 0);
  }
}

/** What became of a measure: `-86 %, beyond chance`. */
export function changeText(change: Change): string {
  const { outcome, because, before, after } = change;
  switch (outcome) {
    case 'less':
    case 'more':
      return `${differenceText(change)}, beyond chance`;
    case 'chance':
      return 'may be chance';
    case 'same':
      return before === after ? 'the same' : 'about the same';
    case 'too-few':
      return `too few to tell: ${because}`;
    case 'not-comparable':
      return `not comparable: ${because}`;
  }
}

/** `-86 %` of what it was; of shares that were nothing, `+3.1 points`. */
function differenceText({ measure, before, after }: Change): string {
  const [b, a] = [before!, after!];
  const sign = a < b ? '-' : '+';
  if (b > 0 && a / b < 10) return `${sign}${((100 * Math.abs(a - b)) / b).toFixed(0)} %`;
  if (measure.unit === 'share') return `${sign}${(100 * Math.abs(a - b)).toFixed(1)} points`;
  return b > 0 ? `${(a / b).toFixed(0)} times as much` : 'from none';
}

/** Whether it is better than before; null where it did not change, or is neither. */
export function isBetter(change: Change): boolean | null {
  const { lessIsBetter } = change.measure;
  if (lessIsBetter === null || !hasChanged(change)) return null;
  return (change.outcome === 'less') === lessIsBetter;
}
