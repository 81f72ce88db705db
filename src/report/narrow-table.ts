import type { Result, ResultColumn } from '../packs/result.js';
import type { Value } from '../packs/value.js';
import { alignsRight, cellText } from './cell.js';
import { columnWidths, type Measured } from './column-widths.js';
import { printable } from './escape.js';
import { widthOf } from './text-layout.js';

/** A terminal of fewer columns gets a block of lines per row where a table does not fit. */
const RECORDS_BELOW = 60;

/** Rows that the widths are taken from; wider cells that come later are shortened on a terminal. */
export const MEASURED_ROWS = 1000;

/** The columns of a result that a table of some width has, and how wide they are. */
export interface TableForm {
  columns: readonly ResultColumn[];
  widths: readonly number[];
  /** A row's values for those columns. */
  cells(row: readonly Value[]): Value[];
  /** Names of the columns that it leaves out. */
  without: readonly string[];
}

/** A column of the table: where its value stands in a row, and where the name of what that is. */
interface Place {
  column: ResultColumn;
  at: number;
  nameAt: number;
}

/**
 * All columns where they fit; else those that the query names for a narrow terminal, or the first ones that fit. Null where
 * each row has to be a block of lines.
 */
export function tableForm(
  { query, columns }: Result,
  start: readonly (readonly Value[])[],
  width: number,
): TableForm | null {
  const whole = columns.map((column, at) => ({ column, at, nameAt: -1 }));
  const widths = columnWidths(measured(whole, start), width);
  if (widths !== null) return formOf(whole, widths, columns);
  if (width < RECORDS_BELOW) return null;
  const named = query?.narrow?.flatMap((name) => placeOf(columns, name)) ?? whole;
  for (let few = named.length; few > 0; few--) {
    const places = named.slice(0, few);
    const fitting = columnWidths(measured(places, start), width);
    if (fitting !== null) return formOf(places, fitting, columns);
  }
  return null;
}

/** A column by its name. What has a name of its own in another column, such as `client_name`, is shown by that. */
function placeOf(columns: readonly ResultColumn[], name: string): Place[] {
  const at = columns.findIndex((column) => column.name === name);
  const nameAt = columns.findIndex((column) => column.name === `${name}_name`);
  return at === -1 ? [] : [{ column: columns[at]!, at, nameAt }];
}

function valueAt({ at, nameAt }: Place, row: readonly Value[]): Value {
  return (nameAt === -1 ? null : row[nameAt]!) ?? row[at]!;
}

function formOf(
  places: readonly Place[],
  widths: readonly number[],
  all: readonly ResultColumn[],
): TableForm {
  const shown = new Set(places.flatMap(({ at, nameAt }) => [at, nameAt]));
  return {
    columns: places.map(({ column }) => column),
    widths,
    cells: (row) => places.map((place) => valueAt(place, row)),
    without: all.filter((_, at) => !shown.has(at)).map(({ name }) => name),
  };
}

function measured(places: readonly Place[], start: readonly (readonly Value[])[]): Measured[] {
  const rows = start.slice(0, MEASURED_ROWS);
  return places.map((place) => ({
    header: printable(place.column.name),
    widest: rows.reduce(
      (widest, row) => Math.max(widest, widthOf(cellText(valueAt(place, row), place.column))),
      0,
    ),
    flexible: !alignsRight(place.column) && place.column.type !== 'time',
  }));
}
