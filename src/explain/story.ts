import type { Catalog } from '../packs/load.js';
import type { Database } from '../store/database.js';
import { type CounterMove, type Delay, type LogLine, readEvidence, type Subject } from './lookup-rows.js';
import type { Candidate, Target } from './choose.js';
import { type Event, timeline } from './lookup-events.js';

/** One lookup's life, as `dnslens explain --json` gives it. */
export interface Story {
  subject: Subject;
  /** The costliest attempt that shows the cause which the lookup is blamed on; null where it is blamed on none. */
  blame: Delay | null;
  delays: Delay[];
  events: Event[];
  /** Lines of logs that nothing places in time. */
  undated: LogLine[];
  /** Counters of losses in each interval that the lookup fell into. */
  counters: CounterMove[];
  /** The first few other lookups of the name that was asked for. */
  others: Candidate[];
  other_count: number;
}

/** Puts together what the evidence has about a target. Throws UserError where there is no such thing. */
export async function tellStory(database: Database, catalog: Catalog, target: Target): Promise<Story> {
  const evidence = await readEvidence(database, catalog, target);
  const { subject, delays } = evidence;
  const unexplained = subject.cause === 'unexplained' ? delays[0] : undefined;
  return {
    subject,
    blame: delays.find((delay) => delay.blamed) ?? unexplained ?? null,
    delays,
    events: timeline(evidence),
    undated: evidence.log.filter((line) => line.time === null),
    counters: evidence.counters,
    others: target.others,
    other_count: target.otherCount,
  };
}
