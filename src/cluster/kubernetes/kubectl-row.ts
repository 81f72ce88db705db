/** A table's header: the kind of its rows and its columns, from the left. Pods without `-o wide` tell of restarts alone. */
export interface TableHeader {
  readonly kind: TableKind;
  readonly columns: readonly string[];
}

export type TableKind = 'Pod' | 'Service' | 'Endpoints' | 'EndpointSlice' | 'Node';

/** Columns up to the last one that is read; what stands behind may hold blanks (OS-IMAGE). */
const TABLES: readonly { kind: TableKind; own: readonly string[] }[] = [
  { kind: 'Pod', own: ['NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE', 'IP', 'NODE'] },
  { kind: 'Pod', own: ['NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE'] },
  { kind: 'Service', own: ['NAME', 'TYPE', 'CLUSTER-IP', 'EXTERNAL-IP', 'PORT(S)', 'AGE'] },
  { kind: 'Endpoints', own: ['NAME', 'ENDPOINTS', 'AGE'] },
  { kind: 'EndpointSlice', own: ['NAME', 'ADDRESSTYPE', 'PORTS', 'ENDPOINTS', 'AGE'] },
  { kind: 'Node', own: ['NAME', 'STATUS', 'ROLES', 'AGE', 'VERSION', 'INTERNAL-IP', 'EXTERNAL-IP'] },
];

/** Characters of a row that are looked at; a service with a hundred ports stays below. */
const LONGEST_ROW = 8192;

/** An object's name (RFC 1123), with its resource before it where several were asked for: `pod/a`. */
const NAME = /^(?:[a-z]{1,40}(?:\.[a-z0-9.-]{1,200})?\/)?([a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?)$/;
/** `3`, `10m`, `5d3h`, `2y10d`. */
const AGE = /^(?:(?:\d{1,6}[ydhms]){1,3}|<unknown>|<invalid>)$/;

/** Reads the header of a table that `kubectl get` prints; null for other lines, and for tables of which nothing is read. */
export function readTableHeader(line: string): TableHeader | null {
  if (line.length > LONGEST_ROW) return null;
  const words = line.trim().split(/\s+/);
  const inner = words[0] === 'NAMESPACE' ? words.slice(1) : words;
  const table = TABLES.find(({ own }) => own.every((column, i) => inner[i] === column));
  if (!table) return null;
  return { kind: table.kind, columns: words[0] === 'NAMESPACE' ? ['NAMESPACE', ...table.own] : table.own };
}

/**
 * Reads a row by its header: the texts by column, without the resource before the name; `<none>`, `<unset>` and
 * `<pending>` are empty. Null where it does not fit. `isCut` where kubectl left endpoints or ports out. A column
 * of endpoints is missing where none of them is ready: kubectl prints `<none>` only where there are none.
 */
export function readTableRow(
  line: string,
  { kind, columns }: TableHeader,
): { cells: Map<string, string>; isCut: boolean } | null {
  if (line.length > LONGEST_ROW) return null;
  const whole = line.replace(/ \(\d{1,6}\w{1,10} ago\)/, '');
  const plain = whole.replace(/ \+ \d{1,9} more\.\.\./g, '');
  const words = plain.trim().split(/\s+/);
  const isBlank = kind === 'Endpoints' && words.length === columns.length - 1;
  if (isBlank) words.splice(-1, 0, '');
  if (words.length < columns.length) return null;
  const cells = new Map(columns.map((column, i) => [column, /^<\w+>$/.test(words[i]!) ? '' : words[i]!]));
  const name = NAME.exec(cells.get('NAME')!)?.[1];
  if (name === undefined || !AGE.test(words[columns.indexOf('AGE')]!)) return null;
  cells.set('NAME', name);
  if (isBlank) cells.delete('ENDPOINTS');
  return { cells, isCut: plain !== whole };
}
