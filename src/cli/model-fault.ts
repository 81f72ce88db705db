import { ModelFault } from '../build/build.js';
import type { Session } from './session.js';

/** Runs what writes into a database and builds its models, and closes it; says which sources it cannot build them of. */
export async function namingFaults<T>(session: Session, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ModelFault)) throw error;
    const { explainModelFault } = await import('../build/faults.js');
    throw await explainModelFault(session.databasePath, error, session.limits);
  }
}
