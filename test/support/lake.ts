import { dirname, join } from 'node:path';
import { ingest } from '../../src/ingest/index.js';
import { describeBatch } from '../../src/lake/lake-batch.js';
import { lakeTables } from '../../src/lake/columns.js';
import { EXPORT_MEMORY, exportLake, FolderTarget, type LakeExport } from '../../src/lake/index.js';
import { mergedViews } from '../../src/lake/merged.js';
import { ID_COLUMNS } from '../../src/lake/lake-tables.js';
import { buildModels } from '../../src/build/build.js';
import { openForReading } from '../../src/build/reading.js';
import { MACROS } from '../../src/store/macros.js';
import { Database } from '../../src/store/database.js';
import { Ledger } from '../../src/store/ledger.js';
import { RAW_TABLES } from '../../src/raw/tables/index.js';

/** What becomes one database. */
export interface Recorded {
  paths: readonly string[];
  label: string;
  /** Days that all its times are moved by. */
  days?: number;
}

/** Reads evidence into a new database at `path`, or adds it to the one that is there. */
export async function record(path: string, { paths, label, days = 0 }: Recorded): Promise<void> {
  const ledger = await Ledger.open(path);
  try {
    await ingest(ledger, [...paths], { label });
    for (const { name, columns } of days === 0 ? [] : RAW_TABLES) {
      for (const [column, { type }] of Object.entries(columns)) {
        if (type !== 'TIMESTAMP_NS') continue;
        await ledger.database.run(`update raw.${name} set "${column}" = "${column}" + interval ${days} days`);
      }
    }
    await buildModels(ledger.database);
  } finally {
    ledger.close();
  }
}

/** Exports the database at `path` into a lake's folder. */
export async function exportTo(
  lake: string,
  path: string,
  node: string | null = null,
  more: { rowsPerFile?: number } = {},
): Promise<LakeExport> {
  const database = await openForReading(path, { writesTo: lake, memoryLimit: EXPORT_MEMORY });
  try {
    return await exportLake(database, new FolderTarget(lake), { node, version: '0.0.0', ...more });
  } finally {
    database.close();
  }
}

/** The tables of several databases put together in a file, without Parquet, with the ids that their lake has. */
export async function putTogether(paths: readonly string[], folder: string): Promise<Database> {
  const together = await Database.plain(join(folder, 'together.duckdb'), {
    reads: paths.map((path) => dirname(path)),
  });
  const batches: { offset: bigint; name: string; label: string }[] = [];
  for (const [i, path] of paths.entries()) {
    const database = await openForReading(path);
    const { idOffset, sources } = await describeBatch(database, null);
    batches.push({ offset: idOffset, name: `d${i}`, label: sources[0]!.label! });
    database.close();
    await together.run(`attach '${path}' as d${i} (read_only)`);
  }
  for (const macro of MACROS) await together.run(macro);
  for (const { model, name, columns } of lakeTables()) {
    const parts = batches.map(({ offset, name: attached, label }) => {
      const selected = columns.map((column) =>
        ID_COLUMNS.includes(column.name)
          ? `${offset} + "${column.name}" as "${column.name}"`
          : `"${column.name}"`,
      );
      return `select ${selected.join(', ')}, '' as day, '${label}' as node_label from ${attached}.main.${model}`;
    });
    await together.run(`create table main.${name} as ${parts.join(' union all ')}`);
  }
  for (const { name, sql } of mergedViews()) await together.run(`create view main.${name} as ${sql}`);
  return together;
}
