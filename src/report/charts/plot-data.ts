import type { Value } from '../../packs/value.js';
import { cellText } from '../cell.js';
import { shorten } from '../text-layout.js';
import { extent, words } from './axis.js';
import type { Mark } from './mark.js';
import { mergeMarks } from './merge.js';
import { mostOf } from './most.js';
import { MOST, numberOf, reader, type Table } from './picture.js';

/** One plot; several stand above each other on one x axis. */
export interface Panel {
  title: string;
  /** The column whose unit its values have. */
  measure: string;
  marks: Mark[];
  /** A value that its values are compared with. */
  limit: number | null;
}

export interface Plot {
  panels: Panel[];
  time: boolean;
  /** From the lowest x to the highest, marked values among them. */
  domain: [number, number];
  /** Series in order; one where nothing tells lines apart. */
  series: string[];
  /** What the picture leaves out or merges, a sentence each. */
  notes: string[];
}

interface Placed extends Mark {
  panel: string;
  measure: string;
  limit: number | null;
}

/**
 * What to draw of rows whose x is a time or a number; null where no row has one, or a value. Neighbours are merged where
 * there would be more than about `most` marks.
 */
export function plotOf(table: Table, most: number): Plot | null {
  const { chart, columns } = table;
  const xColumn = columns.find(({ name }) => name === chart.x);
  const time = xColumn?.type === 'time';
  const placed = place(table, time);
  if (placed.every(({ y }) => y === null)) return null;
  const notes: string[] = [];
  const panels = mostOf(placed, (mark) => mark.panel, MOST.panels, 'panel', notes);
  const series = mostOf(placed, (mark) => mark.series, MOST.series, 'line', notes);
  const kept = placed.filter((mark) => panels.has(mark.panel) && series.has(mark.series));
  const merged = mergeMarks(kept, Math.max(60, Math.floor(most / (panels.size * series.size))), notes);
  const ends = merged.flatMap(({ x, x2 }) => (x2 === null ? [x] : [x, x2]));
  const marked = Object.keys(chart.at).map(Number);
  return {
    panels: [...panels].map((panel) => {
      const marks = merged.filter((mark) => mark.panel === panel);
      const { measure, limit } = marks[0]!;
      return { title: panelTitle(panel, table), measure, marks, limit };
    }),
    time,
    // lengths of time are read against 0, which a logarithm has not
    domain: domainOf([...ends, ...marked, ...(time || chart.x_scale === 'log' ? [] : [0])], time ? 1000 : 1),
    series: [...series],
    notes,
  };
}

function place({ chart, columns, rows, params }: Table, time: boolean): Placed[] {
  const read = reader(columns);
  const step = chart.step === null ? null : numberOf(params[chart.step] ?? null);
  const width = step === null ? null : time ? step * 1000 : step;
  const name = (row: readonly Value[], column: string): string =>
    cellText(
      read(row, column),
      columns.find((one) => one.name === column)!,
    ) || 'unknown';
  return rows.flatMap((row) => {
    const at = numberOf(read(row, chart.x));
    if (at === null) return [];
    const start = width !== null && !time ? at - width / 2 : at;
    const end = chart.x_end === null ? width && start + width : numberOf(read(row, chart.x_end));
    return chart.y.map((column) => ({
      x: start,
      x2: end,
      y: numberOf(read(row, column)),
      panel: chart.panel !== null ? name(row, chart.panel) : chart.mark === 'bar' ? column : '',
      series: chart.color !== null ? name(row, chart.color) : chart.mark === 'bar' ? '' : words(column),
      // the words before a colon say what is measured, those after it of whom
      measure:
        column === 'value' && chart.panel !== null
          ? name(row, chart.panel).split(':')[0]!.replaceAll(' ', '_')
          : column,
      limit: chart.beside === null ? null : numberOf(read(row, chart.beside)),
    }));
  });
}

/** What stands over a panel: the value that it is about, and what it counts. */
function panelTitle(panel: string, { chart }: Table): string {
  if (chart.panel === null) return words(panel || chart.y[0]!);
  return chart.y[0] === 'value' ? panel : `${shorten(panel, 40)}: ${words(chart.y[0]!)}`;
}

/** From the lowest to the highest; as wide as `least` where they are one. */
function domainOf(values: readonly number[], least: number): [number, number] {
  const [from, to] = extent(values);
  return from < to ? [from, to] : [from - least / 2, from + least / 2];
}
