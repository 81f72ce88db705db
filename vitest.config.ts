import { defineConfig } from 'vitest/config';

/** Tests that run the built program; dist/ is brought up to date before them. */
const PROGRAM = [
  'test/cli/**/*.test.ts',
  'test/ingest/{crash,power-cut,read-in-thread}.test.ts',
  'test/base/temporary-folder.test.ts',
];

export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: { name: 'program', include: PROGRAM, globalSetup: 'test/support/build.ts' },
      },
      { extends: true, test: { name: 'rooms', include: ['test/**/*.test.ts'], exclude: PROGRAM } },
    ],
    pool: 'forks',
    // tests wait for processes and for DuckDB more than for this one
    maxWorkers: '100%',
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
