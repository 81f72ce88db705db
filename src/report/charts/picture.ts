import type { Chart } from '../../packs/chart.js';
import type { ResultColumn } from '../../packs/result.js';
import type { Value } from '../../packs/value.js';
import type { Words } from './svg.js';

/** Rows and how they are to be drawn. */
export interface Table {
  chart: Chart;
  columns: readonly ResultColumn[];
  rows: readonly (readonly Value[])[];
  /** Values of the query's parameters; `chart.step` names one. */
  params: Readonly<Record<string, string | null>>;
}

/** How wide a picture is, in pixels at which its text has 12: for a page's column, and for a phone. */
export const WIDTHS = { wide: 720, narrow: 350 } as const;

/** A stretch of the horizontal axis that is shaded. */
export interface Band {
  name: string;
  from: number;
  to: number;
  color: string;
}

export interface PictureOptions extends Words {
  width: number;
  bands?: readonly Band[];
  /** The colour of a panel's bars, by its title; null for the usual one. */
  colors?: (title: string) => string | null;
}

/** No picture has more panels, rows of bars, or lines in a panel: what is left out is said in it. */
export const MOST = { panels: 8, rows: 30, series: 6, points: 1200 } as const;

/** Reads one column of a row by name. */
export function reader(columns: readonly ResultColumn[]): (row: readonly Value[], name: string) => Value {
  const places = new Map(columns.map(({ name }, i) => [name, i]));
  return (row, name) => row[places.get(name) ?? -1] ?? null;
}

/** A value as a number: of a time, milliseconds since 1970; null where it is none. */
export function numberOf(value: Value): number | null {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value === '') return null;
  const number = /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) : Number(value);
  return Number.isFinite(number) ? number : null;
}
