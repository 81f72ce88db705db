/** A type as Trino describes it: `array(varchar)` has one argument. */
export interface TypeSignature {
  rawType: string;
  arguments?: { kind: string; value: unknown }[];
}

export interface PageColumn {
  name: string;
  type: string;
  typeSignature?: TypeSignature;
}

/** Where and why a statement failed, as the server says. */
export interface PageError {
  message?: unknown;
  errorName?: unknown;
  /** USER_ERROR, INSUFFICIENT_RESOURCES and the like. */
  errorType?: unknown;
  errorLocation?: { lineNumber?: unknown; columnNumber?: unknown };
}

/** One answer of Trino's protocol. Nothing in it is checked but its own shape. */
export interface Page {
  nextUri: string | null;
  columns: PageColumn[] | null;
  rows: unknown[][];
  /** Characters of all of it. */
  size: number;
  error: PageError | null;
  /** QUEUED, RUNNING and the like, with the share that is done, 0 to 100, where it is known. */
  state: string;
  percent: number | null;
}

/** Columns that a result may have. */
const MOST_COLUMNS = 1000;

/** A text, or a whole number that a JS number cannot hold; those become texts. */
const TEXT_OR_LONG_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/g;

/** Reads one answer; null where it is none of Trino's. */
export function parsePage(json: string): Page | null {
  const page = asObject(
    parse(json.replace(TEXT_OR_LONG_NUMBER, (part) => (part[0] === '"' ? part : `"${part}"`))),
  );
  if (page === null || typeof page['id'] !== 'string') return null;
  const { nextUri, columns, data, error, stats } = page;
  const described = asObject(stats) ?? {};
  const known = Array.isArray(columns) ? columns.map(readColumn) : null;
  if (known && (known.length > MOST_COLUMNS || known.includes(null))) return null;
  const rows = Array.isArray(data) ? data : [];
  if (!rows.every((row) => Array.isArray(row))) return null;
  return {
    nextUri: typeof nextUri === 'string' ? nextUri : null,
    columns: known as PageColumn[] | null,
    rows,
    size: json.length,
    error: asObject(error) as PageError | null,
    state: typeof described['state'] === 'string' ? described['state'].slice(0, 40) : '',
    percent: typeof described['progressPercentage'] === 'number' ? described['progressPercentage'] : null,
  };
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

function asObject(value: unknown): Record<string, unknown> | null {
  const object = typeof value === 'object' && value !== null && !Array.isArray(value);
  return object ? (value as Record<string, unknown>) : null;
}

function readColumn(value: unknown): PageColumn | null {
  const column = asObject(value);
  const { name, type } = column ?? {};
  if (typeof name !== 'string' || typeof type !== 'string') return null;
  const signature = asObject(column!['typeSignature']);
  return {
    name,
    type,
    ...(typeof signature?.['rawType'] === 'string'
      ? { typeSignature: signature as unknown as TypeSignature }
      : {}),
  };
}
