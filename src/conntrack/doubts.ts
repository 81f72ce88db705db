import type { Sink } from '../raw/sink.js';
import type { DateReading, Doubt } from '../base/time/printed.js';

const DETAILS: Readonly<Record<Doubt, string>> = {
  'no-zone': 'A date names no time zone; it was taken as UTC.',
  'unknown-zone': 'A date names a time zone that is not known; it was taken as UTC.',
  'ambiguous-zone':
    'A date names its time zone by letters that several zones share; they were taken as US Central (CST), India (IST), Britain (BST) or US Atlantic (AST) time.',
  'no-year': 'A date has no year; it was taken as the last such day before the input was read.',
};

/** Says what a date left open and how it was taken. */
export function tellDoubts(sink: Sink, date: DateReading, line: number): void {
  for (const doubt of date.doubts) {
    sink.problem({ code: `date-${doubt}`, detail: DETAILS[doubt], position: `line ${line}` });
  }
}
