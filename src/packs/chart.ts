import { type Field, isMapping, isName, WrongValue } from '../base/front-matter.js';

const MARKS = ['bar', 'line', 'point', 'range'] as const;
const SCALES = ['linear', 'log'] as const;
export type Scale = (typeof SCALES)[number];

/**
 * How a picture is made of a query's rows. Where `x` is a text each row is a line of its own: a bar from the
 * left, or a range of two or three values (such as p50, p90, p99). Where it is a time or number it is the
 * horizontal axis.
 */
export interface Chart {
  mark: (typeof MARKS)[number];
  x: string;
  /** Column where a row's interval ends, `x` being its start; null where rows have no length or `step` says it. */
  x_end: string | null;
  /** Columns with the values; a range has two or three, else each is a series. */
  y: string[];
  /** Column that tells the lines or points of one panel apart. */
  color: string | null;
  /** Column that tells panels apart, one above the other on the same x axis. */
  panel: string | null;
  /** Parameter with the width of a window (x is its start) or of a histogram's class (x is its middle). */
  step: string | null;
  x_scale: Scale;
  y_scale: Scale;
  /** Values of x to mark, with what each means. */
  at: Record<string, string>;
  /** Column with a value to compare each bar with, drawn as a tick on it. */
  beside: string | null;
  /** Column that is true, or over 0.5, where a row's bar is drawn as an outline only. */
  faint: string | null;
  /** Columns whose values are written at the end of each bar. */
  label: string[];
}

/** A front-matter's key `chart`. */
export const chart: Field<Chart> = (value) => {
  if (!isMapping(value)) throw new WrongValue('must be a mapping of mark, x, y and more');
  const { mark, x, x_end, y, color, panel, step, x_scale, y_scale, at, beside, faint, label, ...others } =
    value;
  const unknown = Object.keys(others)[0];
  if (unknown !== undefined) throw new WrongValue(`has an unknown key "${unknown}"`);
  const read: Chart = {
    mark: word('mark', MARKS, mark),
    x: name('x', x),
    x_end: maybeName('x_end', x_end),
    y: names('y', y),
    color: maybeName('color', color),
    panel: maybeName('panel', panel),
    step: maybeName('step', step),
    x_scale: word('x_scale', SCALES, x_scale ?? 'linear'),
    y_scale: word('y_scale', SCALES, y_scale ?? 'linear'),
    at: marks(at),
    beside: maybeName('beside', beside),
    faint: maybeName('faint', faint),
    label: label === undefined ? [] : names('label', label),
  };
  checkTogether(read);
  return read;
};

/** The columns that a chart uses. */
export function chartColumns(declared: Chart): string[] {
  const { x, x_end, y, color, panel, beside, faint, label } = declared;
  return [x, x_end, ...y, color, panel, beside, faint, ...label].filter((column) => column !== null);
}

function checkTogether({ mark, y, color, panel }: Chart): void {
  if (mark === 'range' ? y.length < 2 || y.length > 3 : y.length > 4) {
    throw new WrongValue('must have two or three columns y for a range, at most four for another mark');
  }
  if (color !== null && mark !== 'line' && mark !== 'point') {
    throw new WrongValue('must use panel, not color, for bars and ranges: colours alone are not told apart');
  }
  if (y.length > 1 && (color !== null || (panel !== null && mark === 'bar'))) {
    throw new WrongValue('must have one column y where color, or the panel of bars, tells series apart');
  }
}

function word<T extends string>(key: string, words: readonly T[], value: unknown): T {
  if (words.includes(value as T)) return value as T;
  throw new WrongValue(`must have a ${key} of ${words.join(', ')}`);
}

function name(key: string, value: unknown): string {
  if (isName(value)) return value;
  throw new WrongValue(`must name a column or parameter as its ${key}`);
}

function maybeName(key: string, value: unknown): string | null {
  return value === undefined ? null : name(key, value);
}

function names(key: string, value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).map((item) => name(key, item));
}

function marks(value: unknown): Record<string, string> {
  if (value === undefined) return {};
  const valid =
    isMapping(value) &&
    Object.entries(value).every(([at, about]) => Number.isFinite(Number(at)) && typeof about === 'string');
  if (!valid) throw new WrongValue('must have an "at" that maps values of x to what they mean');
  return value as Record<string, string>;
}
