import { expect, test } from 'vitest';
import { openTestMemory } from '../../memory/test-database.ts';
import { judge, type Judged } from './judge.ts';
import { play } from './play.ts';
import { simulatedCase } from './simulated.ts';

/** Ten everyday causes with every source clear. Played with each change, so they hold what was reached and prove nothing of fresh stops; what fails is not told case by case. */
const seeds = Array.from({ length: 50 }, (_, index) => 5_001 + index);

test(
  'fifty fixed stops: the machine, the cause, or an honest "not enough evidence"',
  { timeout: 600_000 },
  async () => {
    const judged: Judged[] = [];
    const memory = await openTestMemory();
    for (const seed of seeds) {
      const one = simulatedCase(seed, { plain: true });
      judged.push(judge(one, await play(memory, one)));
    }
    await memory.close();
    const count = (is: (one: Judged) => boolean) => judged.filter(is).length;
    expect(count(({ said, truth }) => said.machine === truth.machine)).toBeGreaterThanOrEqual(49);
    expect(count(({ causeRight }) => causeRight)).toBeGreaterThanOrEqual(42);
    expect(count(({ answered, causeRight }) => answered && !causeRight)).toBeLessThanOrEqual(2);
    expect(count(({ words }) => words.blamed.length > 0)).toBe(0);
  },
);
