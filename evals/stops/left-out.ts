import { catalogue } from '../../plant/diagnosis/causes/catalogue.ts';
import { diagnose } from '../../plant/diagnosis/diagnose.ts';
import type { Diagnosis } from '../../plant/diagnosis/diagnosis.ts';
import type { StopCase } from '../../plant/diagnosis/stop-case.ts';
import type { Truth } from './case.ts';

type Answer = { place: boolean; said: 'other' | 'nothing' | 'another cause' };
/** What is said of a stop whose cause, or whose whole class of causes, the catalogue does not have. */
export type LeftOut = { cause: Answer; class: Answer };

const answerOf = ({ place, cause, abstained }: Diagnosis, truth: Truth): Answer => ({
  place: place === truth.place,
  said: abstained ? 'nothing' : cause === 'other' ? 'other' : 'another cause',
});

/** null: no stop of one cause of the catalogue that somebody could tell. */
export function leaveOut(found: StopCase | null, truth: Truth): LeftOut | null {
  const left = catalogue.find(({ id }) => id === truth.cause);
  if (found === null || !left || truth.kind !== 'single' || truth.answerable !== 'yes') return null;
  return {
    cause: answerOf(
      diagnose(
        found,
        catalogue.filter(({ id }) => id !== left.id),
      ),
      truth,
    ),
    class: answerOf(
      diagnose(
        found,
        catalogue.filter((one) => one.class !== left.class),
      ),
      truth,
    ),
  };
}
