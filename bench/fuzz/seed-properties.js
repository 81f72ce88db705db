import fc from 'fast-check';

/** Runs of a property that names no number of its own. */
const RUNS = 300;

fc.configureGlobal({ seed: Number(process.env.FUZZ_SEED), numRuns: RUNS });
