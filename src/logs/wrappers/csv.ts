import type { LogLine } from '../log-line.js';
import { stamp } from './json/times.js';
import { DIGITS, type Wrapper } from './wrapper.js';

/** Milliseconds since 1970, or a date and time in UTC; then the message, quoted where it needs to be. */
const ROW = /^"?(\d{13}|\d{4}-\d\d-\d\d[ T][\d:.]{8,18}Z?)"?,(?:"((?:[^"]|"")*)"(?:,[^"]*)?|([^"]*))$/s;

const LONGEST = 16384;

/** `TIME,"MESSAGE"` with doubled quotes: CSV from CloudWatch's console (log events, Logs Insights). */
export const csv: Wrapper = {
  name: 'CloudWatch CSV',
  beginsWith: `"${DIGITS}`,
  unwrap(line: LogLine): boolean {
    const comma = line.bytes.indexOf(44, line.start);
    if (comma < line.start + 13 || comma > line.start + 32) return false;
    const row = line.end - line.start > LONGEST ? null : ROW.exec(line.text(LONGEST));
    if (!row) return false;
    line.holds(row[2]?.replaceAll('""', '"') ?? row[3]!);
    stamp(line, row[1]);
    return true;
  },
};
