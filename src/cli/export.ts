import { DEFAULT_FORMATS, exportAll, type ManifestEntry } from '../report/files/index.js';
import { FILE_FORMATS, type FileFormat } from '../report/index.js';
import { loadCatalog } from '../packs/load.js';
import { standsAlone } from '../packs/query.js';
import { counted } from '../base/counted.js';
import type { Database } from '../store/database.js';
import { UserError } from '../base/user-error.js';
import { lakeLocation, openForLake, writeLake } from './export-lake.js';
import { noticeUnused, runOptionsOf } from './report.js';
import type { Session } from './session.js';
import { version } from './version.js';

/** dnslens export: the formats asked for, in a folder, and manifest.json; with --parquet also a lake. */
export async function exportReports(session: Session): Promise<number> {
  const { args } = session;
  const lake = lakeLocation(session);
  const formats = FILE_FORMATS.filter((format) => args.on(format));
  const folder = lake === null || formats.length > 0 ? folderOf(session) : null;
  if (lake === null) {
    await session.withDatabase((database) => writeReports(session, database, formats, folder!));
    return 0;
  }
  await session.withDatabase(
    async (database) => {
      if (folder !== null) await writeReports(session, database, formats, folder);
      await writeLake(session, database, lake);
    },
    await openForLake(lake),
  );
  return 0;
}

function folderOf({ args }: Session): string {
  const folder = args.text('out');
  if (folder !== undefined) return folder;
  throw new UserError('wrong-words', 'dnslens export needs a folder to write into: --out DIR');
}

async function writeReports(
  session: Session,
  database: Database,
  asked: readonly FileFormat[],
  folder: string,
): Promise<void> {
  const { args } = session;
  const catalog = loadCatalog(args.list('queries'));
  const named = args.operands.length > 0 ? catalog.select(args.operands) : null;
  const about = { dnslens: version(), database: session.databasePath };
  const queries = named ?? catalog.queries.filter(standsAlone);
  const options = await runOptionsOf(session, database, queries);
  noticeUnused(session, queries, options.filters);
  const files = await exportAll(
    asked.length > 0 ? asked : DEFAULT_FORMATS,
    {
      database,
      folder,
      catalog,
      named,
      options,
      layout: session.layout(folder),
      madeBy: `dnslens ${version()}`,
    },
    about,
  );
  session.notice(summary(files, folder));
}

function summary(files: readonly ManifestEntry[], folder: string): string {
  const empty = files.filter(({ missing }) => missing !== undefined && missing.length > 0).length;
  const without =
    empty > 0 ? `; ${empty} are empty for want of evidence, manifest.json says what is missing` : '';
  return `${counted(files.length, 'file')} and manifest.json in ${folder}${without}`;
}
