import type { ResultColumn } from '../../packs/result.js';
import type { Value } from '../../packs/value.js';
import { cellText, measureOf } from '../cell.js';
import { words } from './axis.js';
import { logDomain } from './scale.js';
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
  /** Whether the bar is drawn as an outline only. */
  faint: boolean;
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

/** A value with what it counts, where its place does not say it already; nothing of null. */
function labelOf(column: ResultColumn, text: string, drawn: readonly string[]): string[] {
  if (text === '') return [];
  if (column.type !== 'number') return [text];
  const { name } = column;
  if (measureOf(name) === 'count') return [`${text} ${words(name)}`];
  if (measureOf(name) === 'share') return [text];
  return [drawn.length === 1 && drawn[0] === name ? text : `${words(name)} ${text}`];
}

/** What to draw of rows whose x is a name; null where there is no value. */
export function categoriesOf(table: Table): Categories | null {
  const { chart, columns, rows } = table;
  const read = reader(columns);
  const column = (name: string): ResultColumn => columns.find((one) => one.name === name)!;
  const text = (row: readonly Value[], name: string): string =>
    cellText(
      read(row, name),
      columns.find((column) => column.name === name)!,
    );
  const all = rows.map((row, i) => {
    const values = chart.y.map((name) => numberOf(read(row, name)));
    const shown = chart.label.length > 0 ? chart.label : chart.y.slice(-1);
    const name = text(row, chart.x) || 'unknown';
    return {
      row: i,
      name,
      panel: chart.panel === null ? '' : text(row, chart.panel) || 'unknown',
      values,
      beside: chart.beside === null ? null : numberOf(read(row, chart.beside)),
      faint: chart.faint !== null && isTrue(read(row, chart.faint)),
      label: shown.flatMap((name) => labelOf(column(name), text(row, name), chart.y)).join(', '),
      about: `${name}: ${chart.y.map((y) => `${words(y)} ${text(row, y)}`).join(', ')}`,
    };
  });
  const kept = all.filter(({ values }) => values.some((value) => value !== null)).slice(0, MOST.rows);
  if (kept.length === 0) return null;
  const left = rows.length - kept.length;
  const panels = [...new Set(kept.map(({ panel }) => panel))];
  return {
    panels: panels.map((panel) => ({
      title: chart.panel !== null ? panel : chart.mark === 'bar' ? words(chart.y[0]!) : '',
      rows: kept.filter((category) => category.panel === panel),
    })),
    domain: domainOf(kept, chart.y_scale === 'log'),
    notes: left > 0 ? [`${left} more rows are in the table only.`] : [],
  };
}

function isTrue(value: Value): boolean {
  return value === true || (numberOf(value) ?? 0) > 0.5;
}

function domainOf(kept: readonly Category[], log: boolean): [number, number] {
  const values = kept
    .flatMap(({ values: own, beside }) => [...own, beside])
    .filter((value) => value !== null);
  return log ? logDomain(values) : [Math.min(0, ...values), Math.max(0, ...values) || 1];
}
