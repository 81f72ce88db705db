import { fieldName, type ShownPacket } from './packet.js';
import type { Summary } from './summary-line.js';

/** Columns of a table of packets, and how its cells are set apart. */
export interface TableHeader {
  readonly separator: string;
  readonly columns: readonly string[];
  /** Of the packet list (Wireshark's CSV), and not of `-T fields -E header=y`. */
  readonly isList: boolean;
  /** Named by the command that printed the table. */
  readonly isAsked?: boolean;
}

const SEPARATORS = ['\t', ',', ';', '|', ' '];
const FIELD = /^(?:frame|ip|ipv6|udp|tcp|dns|eth|sll|_ws)(?:\.[A-Za-z\d_]{1,40}){1,5}\.?$/;
const LIST = ['No.', 'Time', 'Source', 'Destination', 'Protocol', 'Info'];
/** Fields whose values hold commas. */
const WHOLE = /^(?:frame_time|frame_time_utc|frame_protocols|dns_txt|_ws_col_.*)$/;
const MOST_CELLS = 500;

/** The command that printed a table without a header: `tshark ... -T fields -e frame.time_epoch -e dns.id`. */
const COMMAND = /(?:^|[\s$#/;|])tshark(?=\s(?:.{0,4000}\s)?-T\s*fields(?:\s|$))(.{1,4000})$/;

/** Reads the header of a table that tshark or Wireshark made, or the command that says its columns; null for any other line. */
export function readTableHeader(line: string): TableHeader | null {
  const command = COMMAND.exec(line);
  if (command) return columnsAsked(command[1]!);
  for (const separator of SEPARATORS) {
    const columns = cellsOf(line, separator);
    if (columns.length < 3) continue;
    if (LIST.filter((name) => columns.includes(name)).length >= 5)
      return { separator, columns, isList: true };
    if (columns.every((name) => FIELD.test(name))) return { separator, columns, isList: false };
  }
  return null;
}

function columnsAsked(words: string): TableHeader | null {
  const columns = [...words.matchAll(/\s-e\s*['"]?([\w.]{2,80})['"]?(?=\s|$)/g)].map(([, name]) => name!);
  if (columns.length < 3 || !columns.every((name) => FIELD.test(name))) return null;
  const given = /\s-E\s*['"]?separator=(\/[ts]|[^\s'"])/.exec(words)?.[1] ?? '/t';
  const separator = given === '/t' ? '\t' : given === '/s' ? ' ' : given;
  return SEPARATORS.includes(separator) ? { separator, columns, isList: false, isAsked: true } : null;
}

/** A row of the packet list. */
export function readListRow(header: TableHeader, line: string): Summary | null {
  const cells = cellsOf(line, header.separator);
  if (cells.length !== header.columns.length) return null;
  const cell = (name: string) => cells[header.columns.indexOf(name)] ?? '';
  const number = /^\d{1,9}$/.test(cell('No.')) ? Number(cell('No.')) : null;
  return {
    number,
    time: cell('Time'),
    src: cell('Source'),
    dst: cell('Destination'),
    protocol: cell('Protocol'),
    info: cell('Info'),
  };
}

/** A row of `-T fields`. */
export function readFieldsRow(header: TableHeader, line: string): ShownPacket | null {
  const cells = cellsOf(line, header.separator);
  if (cells.length !== header.columns.length) return null;
  const fields = new Map<string, string[]>();
  for (const [i, column] of header.columns.entries()) {
    const name = fieldName(column);
    const cell = cells[i]!;
    if (cell !== '') fields.set(name, WHOLE.test(name) ? [cell] : cell.split(','));
  }
  return { fields, records: [], messages: Math.max(1, fields.get('dns_id')?.length ?? 0) };
}

/** The cells of a line (RFC 4180), bounded. */
function cellsOf(line: string, separator: string): string[] {
  const cells: string[] = [];
  for (let i = 0; i <= line.length && cells.length < MOST_CELLS; i++) {
    if (line[i] === '"') {
      let cell = '';
      for (i++; i < line.length && (line[i] !== '"' || line[i + 1] === '"'); i++) {
        if (line[i] === '"') i++;
        cell += line[i];
      }
      cells.push(cell);
      i++;
    } else {
      const end = line.indexOf(separator, i);
      cells.push(line.slice(i, end === -1 ? undefined : end));
      i = end === -1 ? line.length : end;
    }
    if (i >= line.length) break;
  }
  return cells;
}
