import { join, resolve } from 'node:path';
import {
  EXPORT_MEMORY,
  exportLake,
  FolderTarget,
  isObjectStore,
  type LakeExport,
  loadObjectStore,
  ObjectTarget,
  withoutSlash,
} from '../lake/index.js';
import { counted } from '../base/counted.js';
import { bytesText } from '../report/cell.js';
import { makeFolder } from '../report/file-output.js';
import type { Database, OpenOptions } from '../store/database.js';
import { UserError } from '../base/user-error.js';
import type { Session } from './session.js';
import { version } from './version.js';

/** Where --parquet is to write a lake; null without it. Throws UserError where that is none, or made of none. */
export function lakeLocation({ args, readsLake }: Session): string | null {
  if (!args.on('parquet')) {
    if (args.text('node') !== undefined)
      throw new UserError('conflicting-flags', '--node goes with --parquet');
    return null;
  }
  if (readsLake) {
    throw new UserError(
      'needs-database',
      'a lake cannot be exported into another; name the database that it was made from',
    );
  }
  const out = args.text('out');
  if (out !== undefined) return isObjectStore(out) ? `${withoutSlash(out)}/parquet` : join(out, 'parquet');
  if (args.operands.length === 1) return args.operands[0]!;
  throw new UserError('wrong-words', '--parquet needs a folder to write into: dnslens export --parquet DIR');
}

/** How a database is opened that is written into a lake. */
export async function openForLake(location: string): Promise<Omit<OpenOptions, 'readOnly'>> {
  if (isObjectStore(location)) {
    return {
      writesTo: withoutSlash(location),
      memoryLimit: EXPORT_MEMORY,
      prepare: loadObjectStore(location),
    };
  }
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(location)) {
    throw new UserError(
      'wrong-value',
      `${location} is no place for a lake; give a folder, or a URL with s3://, gs:// or r2://`,
    );
  }
  await makeFolder(location);
  return { writesTo: resolve(location), memoryLimit: EXPORT_MEMORY };
}

/** Writes the lake and says what was written. */
export async function writeLake(session: Session, database: Database, location: string): Promise<void> {
  const target = isObjectStore(location)
    ? new ObjectTarget(database, withoutSlash(location))
    : new FolderTarget(resolve(location));
  const given = session.args.text('node');
  const node = given === undefined ? null : session.label(given);
  const done = await exportLake(database, target, { node, version: version() });
  for (const notice of done.notices) session.notice(notice);
  session.notice(summary(done, location));
}

function summary({ manifest: { files }, unchanged }: LakeExport, location: string): string {
  if (unchanged) return `${location} has all of this already`;
  const sum = (of: 'rows' | 'bytes') => files.reduce((total, file) => total + file[of], 0);
  const labels = [...new Set(files.map(({ nodeLabel }) => nodeLabel))];
  const days = [...new Set(files.map(({ day }) => day))].sort();
  const span = days.length === 1 ? days[0] : `${days[0]} to ${days.at(-1)}`;
  return `${counted(files.length, 'file')} with ${counted(sum('rows'), 'row')} (${bytesText(sum('bytes'))}) in ${location}: ${labels.length === 1 ? labels[0] : `${labels.length} node labels`}, ${span}`;
}
