import { identifier, textLiteral } from '../../base/sql-text.js';
import { MACROS } from '../../store/macros.js';
import { lakeTables, type LakeTable, PARTITION_COLUMNS } from '../columns.js';
import type { LakeContents } from '../contents.js';
import { mergedViews } from '../merged.js';
import type { DdlOptions } from './options.js';

/** DuckDB's statements, for `main`: the macros that packs need, and views over the files of tables that have some. */
export function duckdbDdl(
  { location }: DdlOptions,
  contents?: Pick<LakeContents, 'filled' | 'leftOut'>,
): string[] {
  return [
    ...MACROS,
    ...lakeTables().map((table) => createView(table, location, contents)),
    ...mergedViews().map(({ name, sql }) => `create or replace view main.${name} as\n${sql}`),
  ];
}

/**
 * A view that has every column of this version, null where older files lack it, and columns that newer files have. A
 * table without files, which DuckDB cannot read, is an empty one; `contents` is not known where only statements are made.
 */
function createView(
  { name, columns }: LakeTable,
  location: string,
  contents?: Pick<LakeContents, 'filled' | 'leftOut'>,
): string {
  const leftOut = contents?.leftOut.filter((file) => file.startsWith(`${name}/`)) ?? [];
  const empty = [
    ...columns.map((column) => `null::${column.type} as ${identifier(column.name)}`),
    ...PARTITION_COLUMNS.map((column) => `null::varchar as ${identifier(column)}`),
  ];
  const files = textLiteral(`${location}/${name}/*/*/*.parquet`);
  const types = PARTITION_COLUMNS.map((column) => `'${column}': varchar`).join(', ');
  const read = `\nunion all by name\nfrom read_parquet(${files}, hive_partitioning = true, hive_types = {${types}}, union_by_name = true)`;
  const vouched =
    leftOut.length === 0
      ? ''
      : ` where filename not in (${leftOut.map((file) => textLiteral(`${location}/${file}`)).join(', ')})`;
  return `create or replace view main.${name} as\nselect ${empty.join(', ')} where false${contents?.filled.has(name) === false ? '' : read + vouched}`;
}
