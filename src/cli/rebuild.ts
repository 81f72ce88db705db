import { buildModels } from '../build/build.js';
import { secondsText } from '../report/cell.js';
import { Database } from '../store/database.js';
import { EXIT } from './exit.js';
import { namingFaults } from './model-fault.js';
import { ProgressLine } from './terminal/progress-line.js';
import type { Session } from './session.js';
import { requireDatabase } from './require-database.js';

/** dnslens rebuild: builds the models in the database itself, from the evidence in it. */
export async function rebuild(session: Session): Promise<number> {
  const started = performance.now();
  requireDatabase(session);
  await namingFaults(session, async () => {
    const database = await Database.open(session.databasePath, session.limits);
    const progress = new ProgressLine(process.stderr, session.quiet);
    try {
      await buildModels(database, { onModel: (name) => progress.note(`models: ${name} is built`) });
    } finally {
      progress.clear();
      database.close();
    }
  });
  session.say(
    `the models of ${session.databasePath} are built: ${secondsText((performance.now() - started) / 1000)}`,
  );
  return EXIT.done;
}
