import { textLiteral } from '../../base/sql-text.js';
import { UserError } from '../../base/user-error.js';
import { trinoType } from './to-trino.js';

/** A parameter's value, as DuckDB prints it, as Trino's literal of a pack's type; null is "not given". */
export function trinoLiteral(value: string | null, type: string, bare: boolean): string {
  if (bare) return value === null ? 'all' : wholeNumber(value);
  if (type === 'interval') {
    return value === null ? 'cast(null as interval day to second)' : intervalLiteral(value);
  }
  return `cast(${value === null ? 'null' : textLiteral(value)} as ${trinoType(type)})`;
}

function wholeNumber(value: string): string {
  if (/^\d{1,18}$/.test(value)) return value;
  throw new UserError('wrong-value', `${value} rows cannot be asked for; write a whole number`);
}

/** DuckDB prints `2 days 00:00:01.5`; Trino counts months apart from days. */
function intervalLiteral(value: string): string {
  const match = /^(?:(-?\d+) days? ?)?(?:(-?)(\d+):(\d\d):(\d\d)(?:\.(\d{1,6}))?)?$/.exec(value);
  if (!match || value === '') {
    throw new UserError(
      'wrong-value',
      `a span of months or years (${value}) cannot be sent to Trino; write it in days`,
    );
  }
  const [, days = '0', sign = '', hours = '0', minutes = '0', seconds = '0', fraction = '0'] = match;
  const time = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
  const millis = Math.round(Number(fraction.padEnd(6, '0')) / 1000) + 1000 * time;
  const total = Number(days) * 86_400_000 + (sign === '-' ? -millis : millis);
  const text = `${Math.floor(Math.abs(total) / 1000)}.${String(Math.abs(total) % 1000).padStart(3, '0')}`;
  return `interval ${total < 0 ? '-' : ''}'${text}' second`;
}
