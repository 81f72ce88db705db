import { buildModels } from '../../src/build/build.js';
import { Database } from '../../src/store/database.js';

/** Makes a database without evidence, with the models of that. */
export async function emptyDatabase(path: string): Promise<void> {
  const database = await Database.open(path);
  await buildModels(database);
  database.close();
}
