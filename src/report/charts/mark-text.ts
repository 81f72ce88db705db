import { cellText } from '../cell.js';
import type { Mark, Panel } from './plot-data.js';

/** What one mark says, for a pointer that rests on it: "14:58:10 to 14:58:20, lost halves: 3". */
export function markText(mark: Mark, panel: Panel, time: boolean): string {
  const at = (x: number): string =>
    time ? new Date(x).toISOString().slice(11, 19) : String(Math.round(x * 1000) / 1000);
  const where = mark.x2 === null || mark.x2 === mark.x ? at(mark.x) : `${at(mark.x)} to ${at(mark.x2)}`;
  const what = mark.series === '' ? panel.title : mark.series;
  return `${where}, ${what}: ${cellText(mark.y, { name: panel.measure, type: 'number', about: null })}`;
}
