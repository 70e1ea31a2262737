import { makeCase, type CaseOptions } from '../../simulator/case.ts';
import { seeded } from '../share.ts';
import type { Case, Dial } from './case.ts';

type Options = Omit<CaseOptions, 'seed'>;

/** A case of the simulator by its seed; `name` says the seed and nothing of the cause. */
export function simulatedCase(seed: number, options: Options = {}): Case {
  const { plant, batches, question, at, askedAt, truth } = makeCase({ seed, ...options });
  const { dials, causes, evidence, otherChains = [], ...rest } = truth;
  return {
    name: `seed ${seed}`,
    plant,
    batches,
    question,
    at,
    askedAt,
    truth: {
      ...rest,
      causes: causes.map(({ cause, place, answerable = truth.answerable }) => ({ cause, place, answerable })),
      otherChains,
      evidence,
      dials: dials && flat(dials),
    },
  };
}

type Dials = NonNullable<ReturnType<typeof makeCase>['truth']['dials']>;
const flat = ({ sources, ...dials }: Dials): Record<string, Dial> => ({
  ...dials,
  ...Object.fromEntries(Object.entries(sources).map(([name, on]) => [`source ${name}`, on])),
});

/** Every dial in its upper third; what can only be on is on, the reason typed is wrong, notes mislead or say nothing. */
export function hardDials(seed: number): Omit<Dials, 'sources'> {
  const random = seeded(seed);
  const upper = (most: number) => most * (2 / 3 + random() / 3);
  const notes = ['contradictory', 'instruction', 'empty'] as const;
  return {
    clockSkewS: upper(60),
    genericShare: upper(0.6),
    darkMachines: 2,
    silentRoot: true,
    reason: 'wrong',
    wrongStock: true,
    lateLabS: upper(5_400),
    decoys: upper(1),
    alarmNoise: upper(1),
    noteStyle: notes[Math.floor(random() * notes.length)] ?? 'empty',
  };
}
