import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { loadCatalog } from '../packs/load.js';
import type { Query } from '../packs/query.js';
import type { Result } from '../packs/result.js';
import { writeCsv } from '../report/csv.js';
import { UserError } from '../store/user-error.js';
import { withOutput } from './output.js';
import { resultsOf } from './report.js';
import type { Session } from './session.js';
import { version } from './version.js';

/** What manifest.json says of one file. */
interface Entry {
  file: string;
  query: string;
  title: string;
  rows: number;
  columns: Record<string, string>;
  /** Tables without rows that the query needs; then the file has a header only. */
  missing: string[];
  sql: string;
  sqlSha256: string;
}

/** dnslens export: PACK/QUERY.csv for every query, and manifest.json. */
export async function exportReports(session: Session): Promise<number> {
  const folder = session.args.text('out');
  if (folder === undefined) throw new UserError('dnslens export needs a folder to write into: --out DIR');
  const catalog = loadCatalog(session.args.list('queries'));
  const names = session.args.operands;
  const queries = names.length > 0 ? catalog.select(names) : catalog.queries.filter(standsAlone);
  const files = await session.withDatabase(async (database) => {
    const entries: Entry[] = [];
    for await (const result of await resultsOf(session, database, queries, false)) {
      entries.push(await writeResult(folder, result));
    }
    return entries;
  });
  const manifest = { dnslens: version(), database: session.databasePath, files };
  await writeFile(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`).catch(refuse);
  const missing = files.filter((file) => file.missing.length > 0).length;
  session.notice(
    `${files.length} files and manifest.json in ${folder}` +
      (missing > 0 ? `; ${missing} are empty for want of evidence, manifest.json says what is missing` : ''),
  );
  return 0;
}

/** A detail is about one thing that a parameter names, so that it has no rows by itself. */
function standsAlone(query: Query): boolean {
  return query.kind !== 'detail';
}

async function writeResult(folder: string, result: Result): Promise<Entry> {
  const { id, title, columns, sql } = result.query!;
  const file = `${id}.csv`;
  const path = join(folder, file);
  await mkdir(dirname(path), { recursive: true }).catch(refuse);
  let rows = 0;
  await withOutput(path, async (output) => {
    rows = await writeCsv(result, output);
  });
  const sqlSha256 = createHash('sha256').update(sql).digest('hex');
  return { file, query: id, title, rows, columns, missing: result.missing, sql, sqlSha256 };
}

function refuse(error: Error): never {
  throw new UserError(`the export cannot be written: ${error.message}`);
}
