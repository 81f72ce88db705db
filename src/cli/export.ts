import { EXPORT_FORMATS, exportAll, type ManifestEntry } from '../export/index.js';
import { loadCatalog } from '../packs/load.js';
import { standsAlone } from '../packs/query.js';
import { UserError } from '../store/user-error.js';
import { runOptionsOf } from './report.js';
import type { Session } from './session.js';
import { version } from './version.js';

/** dnslens export: the formats asked for, in a folder, and manifest.json. */
export async function exportReports(session: Session): Promise<number> {
  const { args } = session;
  const folder = args.text('out');
  if (folder === undefined) throw new UserError('dnslens export needs a folder to write into: --out DIR');
  const catalog = loadCatalog(args.list('queries'));
  const named = args.operands.length > 0 ? catalog.select(args.operands) : null;
  const formats = EXPORT_FORMATS.filter((format) => args.on(format));
  const about = { dnslens: version(), database: session.databasePath };
  const files = await session.withDatabase(async (database) => {
    const options = await runOptionsOf(session, database, named ?? catalog.queries.filter(standsAlone));
    const layout = session.layout(folder);
    return exportAll(formats, { database, folder, catalog, named, options, layout }, about);
  });
  session.notice(summary(files, folder));
  return 0;
}

function summary(files: readonly ManifestEntry[], folder: string): string {
  const empty = files.filter(({ missing }) => missing !== undefined && missing.length > 0).length;
  const without =
    empty > 0 ? `; ${empty} are empty for want of evidence, manifest.json says what is missing` : '';
  return `${files.length} files and manifest.json in ${folder}${without}`;
}
