export { ingest, type IngestOptions } from './ingest.js';
export { KINDS } from './kinds.js';
export type { IngestResult, Outcome, Progress, ReadOutcome } from './outcome.js';
