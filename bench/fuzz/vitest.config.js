import { defineConfig } from 'vitest/config';

/** The property tests alone, with the seed of the run. */
export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: process.env.FUZZ_FILES?.split(',') ?? [],
    setupFiles: ['bench/fuzz/seed-properties.js'],
    pool: 'forks',
    testTimeout: 300_000,
  },
});
