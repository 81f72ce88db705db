import { counterIndex, counterValue, noCounters, type CounterValues } from './counter-fields.js';

const HEADER = /^\s*entries\s+(?:[a-z_]+\s+){3,30}[a-z_]+\s*$/;

/** The column names of /proc/net/stat/nf_conntrack (or ip_conntrack), or null for another line. */
export function readProcfsHeader(line: string): string[] | null {
  return HEADER.test(line) ? line.trim().split(/\s+/) : null;
}

/** Reads one CPU's row of hexadecimal numbers; null if it does not fit the header. */
export function readProcfsRow(
  line: string,
  header: readonly string[],
): { values: CounterValues; entries: number | null } | null {
  const cells = line.trim().split(/\s+/, 64);
  if (cells.length !== header.length) return null;
  const values = noCounters();
  let entries: number | null = null;
  for (const [i, name] of header.entries()) {
    const value = counterValue(cells[i]!, 16);
    if (value === null) return null;
    const index = counterIndex(name);
    if (name === 'entries') entries = value;
    else if (index !== -1) values[index] = value;
  }
  return { values, entries };
}

/** Whether a line looks like a row: eight hexadecimal digits a cell. */
export function isProcfsRow(line: string): boolean {
  return /^\s*(?:[\da-f]{8}\s+){4,}[\da-f]{8}\s*$/.test(line);
}
