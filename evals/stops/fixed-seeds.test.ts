import { expect, test } from 'vitest';
import { openTestMemory } from '../../memory/test-database.ts';
import { learnFrom } from './baselines.ts';
import { play } from './play.ts';
import { figures, type Judged } from './score.ts';
import { simulatedCase, trainingTruths } from './simulated.ts';

/** Never used for tuning; the report uses others again. */
const seeds = Array.from({ length: 50 }, (_, index) => 5_001 + index);

test(
  'fifty stops that nothing was tuned on: the machine, the cause, or an honest "not enough evidence"',
  { timeout: 600_000 },
  async () => {
    const learned = learnFrom(trainingTruths());
    const judged: Judged[] = [];
    const memory = await openTestMemory();
    for (const seed of seeds) judged.push(await play(memory, simulatedCase(seed), learned));
    await memory.close();
    const { machine_right: machine, cause_right: cause, wrong } = figures(judged);
    const misses = judged
      .filter((one) => one.wrong || !one.machineRight)
      .map(
        ({ name, truth, said }) =>
          `${name}: ${truth.cause} at ${truth.place}, said ${said.cause} at ${said.place}`,
      );
    expect(machine, misses.join('\n')).toBeGreaterThanOrEqual(49);
    expect(cause, misses.join('\n')).toBeGreaterThanOrEqual(42);
    expect(wrong, misses.join('\n')).toBeLessThanOrEqual(2);
  },
);
