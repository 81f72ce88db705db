import type { Database } from '../store/database.js';
import { identifier, textLiteral } from '../base/sql-text.js';
import type { Batch } from './lake-batch.js';
import type { LakeColumn, LakeTable } from './columns.js';
import { daysOf, type Nodes } from './nodes.js';
import { byFrame, bySecond, type SliceKey, slicesOf } from './slices.js';
import { ID_COLUMNS } from './lake-tables.js';

/** One database's rows of a table that belong to one day and node label. */
export interface Partition {
  table: LakeTable;
  day: string;
  node: string;
  /** The select statements that give them, sorted: one a file. */
  files: readonly string[];
}

/** One database's rows of a table, split by day and node label; a table without rows has no partition. */
export async function partitionsOf(
  database: Database,
  table: LakeTable,
  batch: Batch,
  nodes: Nodes,
  rowsPerFile: number,
): Promise<Partition[]> {
  const day = dayOf(table, batch);
  const node = nodeOf(table, nodes);
  const from = fromOf(table);
  const found = await database.rows<{ day: string; node: string; timed: boolean; rows: number }>(
    `select day, node, bool_and(timed) as timed, count(*)::DOUBLE as rows
     from (select ${day} as day, ${node} as node, ${timeOf(table) ?? 'null'} is not null as timed from ${from})
     group by day, node
     order by day, node`,
  );
  const columns = table.columns.map((column) => columnOf(column, batch)).join(', ');
  const order = table.sort.map((name) => `${identifier(name)} nulls last`).join(', ');
  const partitions: Partition[] = [];
  for (const { timed, rows, ...part } of found) {
    const where: string[] = [];
    if (new Set(found.map((one) => one.day)).size > 1) {
      where.push(timed ? within(timeOf(table)!, part.day) : `${day} = '${part.day}'`);
    }
    if (new Set(found.map((one) => one.node)).size > 1) where.push(`${node} = '${part.node}'`);
    const key = sliceKey(table, timed);
    const slices = key ? await slicesOf(database, { from, where, rows }, key, rowsPerFile) : [[]];
    const files = slices.map((slice) => {
      const conditions = [...where, ...slice];
      const filter = conditions.length > 0 ? ` where ${conditions.join(' and ')}` : '';
      return `select ${columns} from ${from}${filter} order by ${order}`;
    });
    partitions.push({ table, ...part, files });
  }
  return partitions;
}

/** What a partition of many rows is cut along; null where nothing in all of them can be. */
function sliceKey(table: LakeTable, timed: boolean): SliceKey | null {
  if (timed) return bySecond(timeOf(table)!);
  return table.sort[0] === 'source_id' && table.sort[1] === 'frame' ? byFrame('t') : null;
}

/** A partition's file of a batch, from the lake's own folder; where there are several, those after the first are numbered. */
export function fileOf({ table, day, node }: Partition, batch: string, index: number): string {
  return `${table.name}/day=${day}/node_label=${node}/${batch}${index === 0 ? '' : `-${index}`}.parquet`;
}

function fromOf({ model, timeOf: elsewhere }: LakeTable): string {
  if (!elsewhere) return `main.${model} as t`;
  return `main.${model} as t left join main.${elsewhere.table} as w on w.${elsewhere.key} = t.${elsewhere.key}`;
}

function timeOf({ time, timeOf: elsewhere }: LakeTable): string | null {
  return time && `${elsewhere ? 'w' : 't'}.${identifier(time)}`;
}

function dayOf(table: LakeTable, batch: Batch): string {
  const days = daysOf(batch);
  const untimed = bySource(table, days.ofSource, days.database);
  const time = timeOf(table);
  return time === null ? untimed : `coalesce(strftime(${time}, '%Y-%m-%d'), ${untimed})`;
}

function nodeOf(table: LakeTable, nodes: Nodes): string {
  return bySource(table, nodes.ofSource, nodes.database);
}

/** A text that depends on a row's source, where the table has one and it makes a difference. */
function bySource(table: LakeTable, texts: ReadonlyMap<number, string>, otherwise: string): string {
  const different = [...texts].filter(([, text]) => text !== otherwise);
  const sourced = table.columns.some(({ name }) => name === 'source_id');
  if (!sourced || different.length === 0) return textLiteral(otherwise);
  const cases = different.map(([sourceId, text]) => `when ${sourceId} then ${textLiteral(text)}`);
  return `case t.source_id ${cases.join(' ')} else ${textLiteral(otherwise)} end`;
}

/** A condition that DuckDB can check against a row group's statistics. */
function within(time: string, day: string): string {
  const start = `${textLiteral(day)}::timestamp_ns`;
  return `${time} >= ${start} and ${time} < ${start} + interval 1 day`;
}

function columnOf({ name, type }: LakeColumn, { idOffset }: Batch): string {
  const column = `t.${identifier(name)}`;
  const value = ID_COLUMNS.includes(name) ? `(${idOffset} + ${column})` : column;
  return `${value}::${type} as ${identifier(name)}`;
}
