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
    hookTimeout: 120_000,
    projects: [
      { test: { name: 'tidy', include: ['test/tidy/**/*.test.ts'] } },
      { test: { name: 'rules', include: ['test/rules/**/*.test.ts'], isolate: false } },
      { test: { name: 'api', include: ['test/api/**/*.test.ts'], ...withDatabase } },
      { test: { name: 'race', include: ['test/race/**/*.test.ts'], ...withDatabase } },
    ],
  },
});
