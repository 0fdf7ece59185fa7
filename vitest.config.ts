import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const withDatabase = {
  globalSetup: ['test/fixtures/database.setup.ts'],
  setupFiles: ['test/fixtures/worker.setup.ts'],
  pool: 'forks' as const,
  isolate: false,
};

export default defineConfig({
  test: {
    testTimeout: 60_000,
    // One less is the rule; here PostgreSQL works while a worker waits for it.
    maxWorkers: availableParallelism(),
    hookTimeout: 120_000,
    projects: [
      { extends: true, test: { name: 'tidy', include: ['test/tidy/**/*.test.ts'] } },
      {
        extends: true,
        test: { name: 'rules', include: ['test/rules/**/*.test.ts'], isolate: false },
      },
      { extends: true, test: { name: 'api', include: ['test/api/**/*.test.ts'], ...withDatabase } },
      {
        extends: true,
        test: { name: 'race', include: ['test/race/**/*.test.ts'], ...withDatabase },
      },
    ],
  },
});
