import type { Value } from '../../packs/value.js';
import { cellText } from '../cell.js';
import { shorten } from '../text.js';
import { words } from './axis.js';
import { MOST, numberOf, reader, type Table } from './picture.js';

/** One line of a picture with names at its left. */
export interface Category {
  /** Its place from the top, over all panels. */
  row: number;
  name: string;
  panel: string;
  /** The bar's length, or the values of a range in order; null where one is unknown. */
  values: (number | null)[];
  beside: number | null;
  /** Written at the bar's end. */
  label: string;
  /** What the line says, in words. */
  about: string;
}

export interface Categories {
  panels: { title: string; rows: Category[] }[];
  /** The highest and the lowest value; the lowest is above 0 where the scale is a logarithm. */
  domain: [number, number];
  notes: string[];
}

/** What to draw of rows whose x is a name; null where there is no value. */
export function categoriesOf(table: Table): Categories | null {
  const { chart, columns, rows } = table;
  const read = reader(columns);
  const text = (row: readonly Value[], name: string): string =>
    cellText(
      read(row, name),
      columns.find((column) => column.name === name)!,
    );
  const all = rows.map((row, i) => {
    const values = chart.y.map((column) => numberOf(read(row, column)));
    const shown = chart.label.length > 0 ? chart.label : chart.y.slice(-1);
    const name = text(row, chart.x) || 'unknown';
    return {
      row: i,
      name,
      panel: chart.panel === null ? '' : text(row, chart.panel) || 'unknown',
      values,
      beside: chart.beside === null ? null : numberOf(read(row, chart.beside)),
      label: shorten(
        shown
          .map((column) => text(row, column))
          .filter((part) => part !== '')
          .join(', '),
        40,
      ),
      about: `${name}: ${chart.y.map((column) => `${words(column)} ${text(row, column)}`).join(', ')}`,
    };
  });
  const kept = all.filter(({ values }) => values.some((value) => value !== null)).slice(0, MOST.rows);
  if (kept.length === 0) return null;
  const left = rows.length - kept.length;
  const panels = [...new Set(kept.map(({ panel }) => panel))];
  return {
    panels: panels.map((panel) => ({
      title: panel === '' ? chart.y.map(words).join(', ') : shorten(panel, 60),
      rows: kept.filter((category) => category.panel === panel),
    })),
    domain: domainOf(kept, chart.mark === 'range' && chart.x_scale === 'log'),
    notes: left > 0 ? [`${left} more rows are in the table only.`] : [],
  };
}

function domainOf(kept: readonly Category[], log: boolean): [number, number] {
  const values = kept
    .flatMap(({ values: own, beside }) => [...own, beside])
    .filter((value) => value !== null);
  if (!log) return [Math.min(0, ...values), Math.max(0, ...values) || 1];
  const above = values.filter((value) => value > 0);
  const low = above.length === 0 ? 1 : Math.min(...above);
  return [low, Math.max(low * 10, ...above)];
}
