import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

// Hundreds of processes load the same packages; what one has compiled the next one reads.
process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, 'node_modules/.cache/compiled');

/** These wait for machines that live in real time; begun last, they would keep everyone waiting with idle cores. */
const waits = ['/check/product/', '/connectors/opcua/'];

class WaitingFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const early = ({ moduleId }: TestSpecification) => waits.some((folder) => moduleId.includes(folder));
    const sorted = await super.sort(files);
    return [...sorted.filter(early), ...sorted.filter((file) => !early(file))];
  }
}

/** Four workers on two cores: the tests of the whole product mostly wait for a plant that lives in real time. */
export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    exclude: ['node_modules/**', 'data/**'],
    pool: 'forks',
    maxWorkers: 4,
    // A test asks the embedded database too little for its machine code to be worth compiling twice: a fifth less CPU.
    execArgv: ['--no-wasm-dynamic-tiering', '--no-wasm-tier-up'],
    sequence: { sequencer: WaitingFirst },
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
