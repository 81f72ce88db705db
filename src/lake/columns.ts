import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PLACEMENTS, type Placement } from './lake-tables.js';

/** Every column of `main` with DuckDB's type; made from the models by `npm run docs`, so that none is built to know. */
const DECLARED = fileURLToPath(new URL('../../queries/models/columns.json', import.meta.url));

/** Types that every engine reads alike from Parquet: none is unsigned, wider than 64 bits or bound to a time zone. */
const TYPES = [
  'BOOLEAN',
  'INTEGER',
  'BIGINT',
  'DOUBLE',
  'VARCHAR',
  'TIMESTAMP_NS',
  'VARCHAR[]',
  'DOUBLE[]',
] as const;

export type LakeType = (typeof TYPES)[number];

/** What a type of the models is written as; those not named here are written as they are. */
const WIDER: Readonly<Record<string, LakeType>> = {
  TINYINT: 'INTEGER',
  SMALLINT: 'INTEGER',
  UTINYINT: 'INTEGER',
  USMALLINT: 'INTEGER',
  UINTEGER: 'BIGINT',
};

export interface LakeColumn {
  name: string;
  type: LakeType;
}

/** A table of the lake: the folder that holds it, and what a file of it has beside the partitions' columns. */
export interface LakeTable extends Placement {
  /** The table of `main` that it is written from. */
  model: string;
  /** Folder in the lake, and the table's name in every engine. */
  name: string;
  columns: readonly LakeColumn[];
}

/** Columns that stand in the folders' names, in their order; texts in every engine. */
export const PARTITION_COLUMNS = ['day', 'node_label'] as const;

/** Every table of a lake, by name. */
export function lakeTables(): LakeTable[] {
  const declared = JSON.parse(readFileSync(DECLARED, 'utf8')) as Record<string, Record<string, string>>;
  return Object.entries(declared).map(([model, columns]) => {
    const placement = PLACEMENTS[model];
    if (!placement) throw new Error(`the model ${model} has no place in a lake; see src/lake/lake-tables.ts`);
    return {
      ...placement,
      model,
      name: placement.merged ? `${model}_by_database` : model,
      columns: Object.entries(columns).map(([name, type]) => ({ name, type: lakeType(model, name, type) })),
    };
  });
}

function lakeType(model: string, column: string, type: string): LakeType {
  if (type in WIDER) return WIDER[type]!;
  if (TYPES.includes(type as LakeType)) return type as LakeType;
  throw new Error(`${model}.${column} is ${type}, which not every engine reads from Parquet`);
}
