import { defineConfig } from 'vitest/config';

/** Two workers: the reference machine has two cores, and PGlite, node-opcua and Chromium each want one. */
export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    exclude: ['node_modules/**', 'data/**'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
