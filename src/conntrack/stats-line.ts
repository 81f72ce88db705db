import { counterIndex, counterValue, noCounters, type CounterValues } from './counter-fields.js';

/** One CPU's counters as a line gives them. */
export interface StatsLine {
  /** What stands before `cpu=`: nothing, a date of `ts`, a host's name. */
  readonly prefix: string;
  readonly cpu: number;
  readonly values: CounterValues;
  /** Entries in the table, which the tool prints when it falls back to procfs. */
  readonly entries: number | null;
  /** Fields read, so that a line cut short can be told. */
  readonly fields: number;
  readonly hasUnknownField: boolean;
  /** The line ends within a counter, so that those behind it are not known. */
  readonly isCut: boolean;
}

const STATS = /(?:^|[^\w.])cpu=(\d{1,5})\s+(?=\w+=\d)/;
const FIELD = /(\w{1,40})=(\d+)/g;
/** A name without its number, as where a paste was cut; quote marks and Markdown's stand behind whole lines too. */
const CUT = /(?<![\w=])[a-z_]{1,40}=?[^\w\s]*\s*$/;

/** Where another CPU's counters begin on a line whose line ends were lost in a paste. */
const NEXT_CPU = /(?<=\s)(?=cpu=\d{1,5}\s)/;

/** Reads a line of `conntrack -S`: one CPU's counters, or those of several; empty for any other line. */
export function readStatsLines(line: string): StatsLine[] {
  const first = readStatsLine(line);
  if (!first || line.indexOf('cpu=') === line.lastIndexOf('cpu=')) return first ? [first] : [];
  return line.split(NEXT_CPU).flatMap((part) => readStatsLine(part) ?? []);
}

/** Reads one CPU's counters, or null. */
export function readStatsLine(line: string): StatsLine | null {
  const start = STATS.exec(line);
  if (!start) return null;
  const values = noCounters();
  let entries: number | null = null;
  let fields = 0;
  let hasUnknownField = false;
  for (const [, name, digits] of line.slice(start.index + start[0].length).matchAll(FIELD)) {
    const value = counterValue(digits!, 10);
    const index = counterIndex(name!);
    fields++;
    if (name === 'entries') entries = value;
    else if (index === -1 || value === null) hasUnknownField = true;
    else values[index] = value;
  }
  const prefix = line.slice(0, start.index);
  return { prefix, cpu: Number(start[1]), values, entries, fields, hasUnknownField, isCut: CUT.test(line) };
}

const TOTAL = /^\s*([a-z_]{3,20})\s+(\d{1,16})\s*$/;

/** Reads a line of a conntrack tool that prints one sum a line (`insert_failed    12`; before 1.0), or null. */
export function readTotalLine(line: string): { name: string; index: number; value: number } | null {
  const found = TOTAL.exec(line);
  if (!found) return null;
  const index = counterIndex(found[1]!);
  const value = counterValue(found[2]!, 10);
  return value !== null && (index !== -1 || found[1] === 'entries')
    ? { name: found[1]!, index, value }
    : null;
}
