import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

// Hundreds of processes load the same packages; what one has compiled the next one reads.
process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, 'node_modules/.cache/compiled');

/**
 * Begun last, these would keep everyone waiting with idle cores: the first wait for machines that live in real time,
 * the others think longest for the size of their files, by which Vitest begins where it knows no times yet.
 */
const first = [
  '/check/product/',
  '/connectors/opcua/',
  '/evals/stops/fixed-seeds.',
  '/simulator/open-plant.',
  '/check/docs-stops.',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) =>
      first.findIndex((path) => moduleId.includes(path)) + 1 || first.length + 1;
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}

/** Four workers on two cores: the tests of the whole product mostly wait for a plant that lives in real time. */
export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    exclude: ['node_modules/**', 'data/**'],
    pool: 'forks',
    maxWorkers: 4,
    // No test mocks a module or sets the environment, and no module of the product holds a state of its own, so a
    // worker takes one file after the other: packages are loaded and the embedded database is started once a worker.
    isolate: false,
    // A test asks the embedded database too little for its machine code to be worth compiling twice: a fifth less CPU.
    execArgv: ['--no-wasm-dynamic-tiering', '--no-wasm-tier-up'],
    sequence: { sequencer: LongestFirst },
    // For what never comes. A busy machine takes twenty times as long as an idle one, and nothing is wrong then.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 60_000 } },
  },
});
