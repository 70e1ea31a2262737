import { defineConfig } from 'vitest/config';

/** Four workers on two cores: the tests of the whole product mostly wait for a plant that lives in real time. */
export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    exclude: ['node_modules/**', 'data/**'],
    pool: 'forks',
    maxWorkers: 4,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
