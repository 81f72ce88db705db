export { ingest } from './ingest.js';
export { KINDS } from './kinds.js';
export type { Outcome, Progress, ReadOutcome } from './outcome.js';
