import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'e2e',
    include: ['test/e2e/**/*.test.ts'],
    globalSetup: ['test/e2e/server.setup.ts'],
    testTimeout: 180_000,
    hookTimeout: 180_000,
    pool: 'forks',
    // Each worker has a browser and a house of its own, so that no journey can book another's day.
    maxWorkers: Math.min(availableParallelism(), 4),
    isolate: false,
  },
});
