import { makeCase } from '../../simulator/case.ts';
import type { Case } from './case.ts';

/** A case of the simulator by its seed; `name` says the seed and nothing of the cause. */
export function simulatedCase(seed: number): Case {
  const { truth, ...rest } = makeCase({ seed });
  return { name: `seed ${seed}`, ...rest, truth: { ...truth, answerable: truth.answerable ? 'yes' : 'no' } };
}

/** Seeds whose truths the baselines may learn from. Reported seeds are others. */
const trainingSeeds = Array.from({ length: 60 }, (_, index) => 1 + index);

/** Cause and class of machine of the training cases. */
export const trainingTruths = () =>
  trainingSeeds.map((seed) => {
    const { plant, truth } = makeCase({ seed });
    const kind =
      plant.lines.flatMap(({ machines }) => machines).find(({ id }) => id === truth.machine)?.class ?? null;
    return { cause: truth.cause, machineClass: kind };
  });
