import { measureOf } from '../cell.js';
import { extent } from './axis.js';

/** Values on a line of so many pixels, and which of them have a label. */
export interface Scale {
  /** Where a value stands, from 0 to the length; a value outside stands at the nearer end. */
  at: (value: number) => number;
  ticks: number[];
}

/** A straight scale over a domain; `most` is about how many ticks it has. */
export function linear(
  [from, to]: readonly [number, number],
  length: number,
  most: number,
  whole = false,
): Scale {
  const parts = Math.max(1, most);
  const step = stepOf(to / parts - from / parts, whole);
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  const ticks = Array.from({ length: Math.max(0, Math.min(100, last - first + 1)) }, (_, i) =>
    Number(((first + i) * step).toPrecision(12)),
  ).filter(Number.isFinite);
  return { at: placed(from, to, length, (value) => value), ticks };
}

/** From 0, or what is below it, up to a tick at or over the highest value. */
export function grownFromZero(values: readonly number[], most: number, measure: string): [number, number] {
  const [low, high] = extent([0, ...values]);
  const whole = measureOf(measure) === 'count' && values.every(Number.isInteger);
  const top = high > low ? high : low + 1;
  const step = stepOf((top - low) / most, whole);
  return [Math.floor(low / step) * step, Math.ceil(top / step) * step];
}

/** Whole powers of ten around the values that a logarithm can show. */
export function logDomain(values: readonly number[]): [number, number] {
  const above = values.filter((value) => value > 0);
  if (above.length === 0) return [1, 10];
  const [low, high] = extent(above);
  const from = Math.floor(Math.log10(low));
  return [10 ** from, 10 ** Math.max(from + 1, Math.ceil(Math.log10(high)))];
}

/** A logarithmic scale; what it cannot show stands at its start. */
export function logarithmic(domain: readonly [number, number], length: number, most: number): Scale {
  const log = (value: number): number => Math.log10(Math.max(value, domain[0]));
  return { at: placed(log(domain[0]), log(domain[1]), length, log), ticks: logTicks(domain, most) };
}

/** Values to label on a logarithmic axis, about `most` of them: powers of ten, and what lies between where these are few. */
export function logTicks([from, to]: readonly [number, number], most: number): number[] {
  const [low, high] = [Math.floor(Math.log10(from)), Math.ceil(Math.log10(to))];
  const powers = Array.from({ length: high - low + 1 }, (_, i) => 10 ** (low + i));
  const steps = powers.length * 3 <= most + 2 ? [1, 2, 5] : [1];
  const every = Math.max(1, Math.ceil(powers.length / most));
  return powers
    .filter((_, i) => i % every === 0)
    .flatMap((power) => steps.map((step) => Number((step * power).toPrecision(3))))
    .filter((value) => value >= from * 0.999 && value <= to * 1.001);
}

/** Steps of an axis of time that people count in, in milliseconds. */
const TIMES = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200].map(
  (s) => s * 1000,
);
const DAY = 86_400_000;

/** A scale of times in milliseconds since 1970. */
export function temporal([from, to]: readonly [number, number], length: number, most: number): Scale {
  const least = (to - from) / Math.max(1, most);
  const step = TIMES.find((one) => one >= least) ?? Math.ceil(least / DAY) * DAY;
  const first = Math.ceil(from / step);
  const ticks = Array.from(
    { length: Math.max(0, Math.floor(to / step) - first + 1) },
    (_, i) => (first + i) * step,
  );
  return { at: placed(from, to, length, (value) => value), ticks };
}

/** 1, 2 or 5 times a power of ten, at least `least`. */
function stepOf(least: number, whole: boolean): number {
  if (!(least > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(least));
  const step = [1, 2, 5, 10].find((one) => one * power >= least * 0.999)! * power;
  return whole ? Math.max(1, step) : step;
}

function placed(
  from: number,
  to: number,
  length: number,
  of: (value: number) => number,
): (value: number) => number {
  // halves, as the difference of two numbers may be too large for one
  const span = to / 2 - from / 2;
  return (value) =>
    span > 0 ? Math.max(0, Math.min(length, ((of(value) / 2 - from / 2) / span) * length)) : 0;
}
