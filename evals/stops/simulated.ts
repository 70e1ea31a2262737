import { makeCase } from '../../simulator/case.ts';
import type { Case } from './case.ts';

/** A case of the ten everyday causes by its seed, every source clear; `name` says the seed and nothing of the cause. */
export function simulatedCase(seed: number): Case {
  const { plant, batches, question, askedAt, truth } = makeCase({ seed, plain: true });
  const { stop } = truth;
  if (stop === null) throw new Error(`The case of seed ${seed} has no stop.`);
  return { name: `seed ${seed}`, plant, batches, question, askedAt, truth: { ...truth, stop } };
}

/** Seeds whose truths the baselines may learn from. Reported seeds are others. */
const trainingSeeds = Array.from({ length: 40 }, (_, index) => 1 + index);

/** Cause and class of machine of the training cases. */
export const trainingTruths = () =>
  trainingSeeds.map((seed) => {
    const { plant, truth } = makeCase({ seed, plain: true });
    const kind =
      plant.lines.flatMap(({ machines }) => machines).find(({ id }) => id === truth.machine)?.class ?? null;
    return { cause: truth.cause, machineClass: kind };
  });
