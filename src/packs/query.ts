import {
  columnList,
  type Field,
  type Fields,
  isMapping,
  isName,
  isText,
  maybe,
  meanings,
  oneOf,
  parseFrontMatter,
  tableList,
  text,
  WrongValue,
} from '../base/front-matter.js';
import { type Chart, chart } from './chart.js';
import { FILTERS, NO_FILTERS } from './filters.js';
import { narrowedSql } from './narrowed.js';

/**
 * `check`: rows are findings, no row is good news. `table`: rows to read. `chart`: a table with a picture.
 * `detail`: rows about one thing named by a parameter. `headline`: rows of (severity, sentence, look).
 */
const KINDS = ['check', 'table', 'chart', 'detail', 'headline'] as const;
export type Kind = (typeof KINDS)[number];

/** In rising order. */
export const SEVERITIES = ['info', 'low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Parameter types and the DuckDB types that they are checked against; the SQL casts them itself. */
export const PARAM_TYPES = {
  text: 'VARCHAR',
  integer: 'BIGINT',
  number: 'DOUBLE',
  boolean: 'BOOLEAN',
  interval: 'INTERVAL',
  time: 'TIMESTAMP_NS',
} as const;
export type ParamType = keyof typeof PARAM_TYPES;

export interface Param {
  type: ParamType;
  /** Null where the query takes NULL as "not given". */
  default: string | null;
  description: string;
}

interface Meta {
  title: string;
  description: string;
  kind: Kind;
  severity: Severity | null;
  requires: string[];
  params: Record<string, Param>;
  columns: Record<string, string>;
  chart: Chart | null;
  /** The few columns that a narrow terminal shows; null for the first ones. */
  narrow: string[] | null;
}

/** One query of a pack, as its file declares it. */
export interface Query extends Meta {
  /** Path in its folder without `.sql`: `search/storms`. */
  id: string;
  /** The folder that it lies in: `search`. */
  pack: string;
  /** The file that it was read from. */
  path: string;
  /** What it runs where nothing is narrowed, and what is shown of it. */
  sql: string;
  /** The text of the file, which reads `narrowed.TABLE` where --since, --until and --client choose the rows. */
  text: string;
}

const params: Field<Record<string, Param>> = (value) => {
  if (!isMapping(value)) throw new WrongValue('must map each parameter to {type, default, description}');
  return Object.fromEntries(Object.entries(value).map(([name, param]) => [name, readParam(name, param)]));
};

function readParam(name: string, value: unknown): Param {
  if (!isName(name)) throw new WrongValue(`has a parameter "${name}" that is not a name`);
  if ((FILTERS as readonly string[]).includes(name)) {
    throw new WrongValue(`must not declare "${name}": every query has it`);
  }
  const keys = isMapping(value) ? Object.keys(value).sort().join() : '';
  if (!isMapping(value) || keys !== 'default,description,type') {
    throw new WrongValue(`must give "${name}" a type, a default and a description, nothing else`);
  }
  const { type, description } = value;
  if (typeof type !== 'string' || !(type in PARAM_TYPES)) {
    throw new WrongValue(`must give "${name}" a type of ${Object.keys(PARAM_TYPES).join(', ')}`);
  }
  if (!isText(description)) throw new WrongValue(`must describe "${name}" in a text`);
  const preset = value['default'];
  if (typeof preset === 'object' && preset !== null) {
    throw new WrongValue(`must give "${name}" a plain value or null as its default`);
  }
  return { type: type as ParamType, default: preset === null ? null : String(preset), description };
}

const fields: Fields<Meta> = {
  title: text,
  description: text,
  kind: oneOf(...KINDS),
  severity: maybe(oneOf(...SEVERITIES), null),
  requires: maybe(tableList, []),
  params: maybe(params, {}),
  columns: meanings,
  chart: maybe(chart, null),
  narrow: maybe(columnList, null),
};

/** The pack of the query `id`: the folder that it lies in. */
export function packOf(id: string): string {
  return id.slice(0, id.lastIndexOf('/'));
}

/** Reads one query file; throws UserError with one sentence where it is not as it must be. */
export function parseQuery(source: string, id: string, path: string): Query {
  const { meta, sql } = parseFrontMatter(source, path, fields);
  return { ...meta, id, pack: packOf(id), path, sql: narrowedSql(sql, NO_FILTERS), text: sql };
}

/** Whether a query says something by itself; a detail is about one thing that a parameter names. */
export function standsAlone(query: Query): boolean {
  return query.kind !== 'detail';
}
