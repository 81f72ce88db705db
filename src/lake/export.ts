import type { Database } from '../store/database.js';
import { textLiteral } from '../base/sql-text.js';
import { UserError } from '../base/user-error.js';
import { type Batch, describeBatch, LAKE_VERSION } from './lake-batch.js';
import { lakeTables } from './columns.js';
import type { LakeFile, Manifest } from './manifest.js';
import { type Nodes, nodesOf } from './nodes.js';
import { explainReach } from './object-store.js';
import { fileOf, partitionsOf } from './partitions.js';
import { ROWS_PER_FILE } from './slices.js';
import type { LakeTarget } from './target.js';

/** What a lake's database may hold in memory while it is written; what is more is sorted on disk. */
export const EXPORT_MEMORY = '500MB';

/** Rows of a row group: statistics narrow reading to this many, and a writer holds as many in memory. */
const ROW_GROUP_ROWS = 122_880;

export interface LakeExportOptions {
  /** The node that all rows are filed under; null for the sources' own labels. */
  node: string | null;
  /** Version of the program, for the manifest. */
  version: string;
  /** From how many rows on a partition becomes several files; a million where not given. */
  rowsPerFile?: number;
}

export interface LakeExport {
  manifest: Manifest;
  /** The lake had all of this already, and nothing was written. */
  unchanged: boolean;
  /** What the user should know, a sentence each. */
  notices: string[];
}

/**
 * Writes every table of `main` into a lake as this database's batch, in place of what the batch gave before. Needs a
 * database that may write there. Throws UserError where that fails; the lake is then as it was.
 */
export async function exportLake(
  database: Database,
  target: LakeTarget,
  { node, version, rowsPerFile = ROWS_PER_FILE }: LakeExportOptions,
): Promise<LakeExport> {
  const batch = await describeBatch(database, node);
  const nodes = nodesOf(batch, node);
  const notices = nodes.notice === null ? [] : [nodes.notice];
  const previous = await target.previous(batch);
  checkIdentity(batch, previous);
  await target.begin(batch);
  try {
    if (previous?.fingerprint === batch.fingerprint && (await target.holds(previous))) {
      await target.abandon();
      return { manifest: previous, unchanged: true, notices };
    }
    const { name, identity, fingerprint } = batch;
    const about = { lakeVersion: LAKE_VERSION, dnslens: version, batch: name, identity, fingerprint };
    const planned = await plan(database, batch, nodes, rowsPerFile);
    await target.announce({ ...about, files: planned.map(({ entry }) => entry) }, previous);
    const files: LakeFile[] = [];
    for (const { entry, sql } of planned) {
      files.push({ ...entry, ...(await writeFile(database, target, entry.file, sql, batch)) });
    }
    const manifest = { ...about, files };
    notices.push(...(await target.publish(manifest, previous)));
    return { manifest, unchanged: false, notices };
  } catch (error) {
    await target.abandon();
    throw error;
  }
}

/** Every file that a batch will have, none of them written yet, with the statement that gives its rows. */
async function plan(
  database: Database,
  batch: Batch,
  nodes: Nodes,
  rowsPerFile: number,
): Promise<{ entry: LakeFile; sql: string }[]> {
  const planned: { entry: LakeFile; sql: string }[] = [];
  for (const table of lakeTables()) {
    for (const partition of await partitionsOf(database, table, batch, nodes, rowsPerFile)) {
      const { day, node: nodeLabel } = partition;
      for (const [index, sql] of partition.files.entries()) {
        const file = fileOf(partition, batch.name, index);
        const entry = { file, table: table.name, day, nodeLabel, rows: 0, bytes: 0, sha256: null };
        planned.push({ entry, sql });
      }
    }
  }
  return planned;
}

async function writeFile(
  database: Database,
  target: LakeTarget,
  file: string,
  sql: string,
  { identity }: Batch,
): Promise<Pick<LakeFile, 'rows' | 'bytes' | 'sha256'>> {
  const path = await target.prepare(file);
  const options = [
    'format parquet',
    'compression zstd',
    `row_group_size ${ROW_GROUP_ROWS}`,
    `kv_metadata {dnslens_lake_version: '${LAKE_VERSION}', dnslens_batch: '${identity}'}`,
    'return_stats true',
  ];
  const [written] = await database
    .rows<{ rows: number; bytes: number }>(`copy (${sql}) to ${textLiteral(path)} (${options.join(', ')})`)
    .then((rows) => (rows as unknown as { count: bigint; file_size_bytes: bigint }[]).map(statsOf))
    .catch((error: unknown) => {
      throw explainReach('the lake cannot be written', error);
    });
  return { ...written!, sha256: await target.hash(file) };
}

function statsOf(row: { count: bigint; file_size_bytes: bigint }): { rows: number; bytes: number } {
  return { rows: Number(row.count), bytes: Number(row.file_size_bytes) };
}

/** Two databases whose names are equal by chance would share their ids. */
function checkIdentity({ name, identity }: Batch, previous: Manifest | null): void {
  if (previous === null || previous.identity === identity) return;
  throw new UserError(
    'lake-refused',
    `the batch ${name} of this lake is another database's, whose number happens to be equal; ingest the first input with another --label`,
  );
}
