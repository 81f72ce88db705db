import { join } from 'node:path';
import { Database, type OpenOptions } from '../store/database.js';
import { TemporaryFolder } from '../base/temporary-folder.js';
import { UserError } from '../base/user-error.js';
import { DECLARED_MACROS, modelsState, strangeModel } from './current.js';
import { buildAroundFaults, type FaultyBuildOptions, readRawOf } from './faults.js';

export type ReadingOptions = Omit<OpenOptions, 'readOnly' | 'origin' | 'onClose'> & FaultyBuildOptions;

/**
 * Opens a database read-only, reaching nothing else, with this build's models of all its sources. The file is never
 * changed: where it has none of these, they are built in a temporary copy, and what it has is not looked at.
 */
export async function openForReading(
  path: string,
  { onNotice, onModel, ...options }: ReadingOptions = {},
): Promise<Database> {
  const database = await Database.open(path, { ...options, declares: DECLARED_MACROS, readOnly: true });
  let state;
  try {
    state = await modelsState(database);
    const strange = state === 'current' ? await strangeModel(database) : null;
    if (strange !== null) {
      throw new UserError(
        'other-version',
        `${path} holds ${strange}, which is none of this version's models; nothing of it was read: dnslens rebuild --db ${path} makes them anew from its evidence`,
      );
    }
    if (state === 'current') return database;
  } catch (error) {
    database.close();
    throw error;
  }
  database.close();
  const why = state === 'unfinished' ? 'are not built yet' : 'are of another version';
  onNotice?.(
    `the models of ${path} ${why}; building them in a temporary copy (dnslens rebuild --db ${path} keeps them)`,
  );
  return openWithOwnModels(path, { ...options, ...(onNotice && { onNotice }), ...(onModel && { onModel }) });
}

async function openWithOwnModels(
  path: string,
  { onNotice, onModel, ...options }: ReadingOptions,
): Promise<Database> {
  const folder = new TemporaryFolder();
  try {
    const file = join(folder.path, 'models.duckdb');
    const limits = options.memoryLimit === undefined ? {} : { memoryLimit: options.memoryLimit };
    const told = { ...(onNotice && { onNotice }), ...(onModel && { onModel }) };
    const models = await Database.plain(file, { ...limits, name: path, origin: path });
    try {
      await readRawOf(models);
      const leaveOut = (sources: readonly number[]) =>
        readRawOf(models, `source_id not in (${sources.join(', ')})`);
      await buildAroundFaults(models, path, leaveOut, { ...limits, ...told });
    } finally {
      models.close();
    }
    const onClose = () => folder.remove();
    return await Database.plain(file, { ...options, name: path, origin: path, readOnly: true, onClose });
  } catch (error) {
    folder.remove();
    throw error;
  }
}
