import type { Chart } from '../packs/chart.js';
import type { ResultColumn } from '../packs/result.js';
import type { Value } from '../packs/value.js';

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
const NARROWEST = 8;
const WIDEST = 24;

/** A column of bars beside a table of numbers by class or name. */
export interface BarColumn {
  width: number;
  text(row: readonly Value[]): string;
}

/**
 * Bars for the values that a query charts against a number or name, the longest of them filling the column;
 * null where the query draws no bars, or `room` has no place for them.
 */
export function barColumn(
  chart: Chart | null,
  columns: readonly ResultColumn[],
  rows: readonly (readonly Value[])[],
  room: number,
  unicode: boolean,
): BarColumn | null {
  const at = (name: string): number => columns.findIndex((column) => column.name === name);
  if (chart?.mark !== 'bar' || columns[at(chart.x)]?.type === 'time' || room < NARROWEST) return null;
  const place = at(chart.y[0]!);
  const longest = rows.reduce((most, row) => Math.max(most, numberOf(row[place])), 0);
  if (longest === 0) return null;
  const width = Math.min(WIDEST, room);
  return { width, text: (row) => barText(numberOf(row[place]) / longest, width, unicode) };
}

/** A bar for a share of `width` columns: a value over the longest that was measured fills them, none but 0 is empty. */
function barText(share: number, width: number, unicode: boolean): string {
  if (share <= 0) return '';
  const eighths = Math.max(1, Math.round(Math.min(1, share) * width * 8));
  if (unicode) return '█'.repeat(eighths >> 3) + EIGHTHS[eighths & 7]!;
  return '#'.repeat(Math.max(1, Math.round(eighths / 8)));
}

function numberOf(value: Value | undefined): number {
  return typeof value === 'number' ? value : 0;
}
