import type { Plant } from '../../plant/equipment.ts';
import { AndonError } from '../../plant/errors.ts';
import { mayDo } from '../../plant/person.ts';
import type { Press } from '../../plant/surface.ts';

/** Throws `forbidden` without the right at this line. */
export type Allow = (press: Press, line: string) => void;

export const allowAt =
  (plant: Plant): Allow =>
  ({ person, verb }, line) => {
    const name = plant.lines.find(({ id }) => id === line)?.name ?? line;
    if (!mayDo(person, verb, line))
      throw new AndonError(
        'forbidden',
        `As ${person.role} you cannot do this for ${name}.`,
        'Ask a supervisor of the line.',
      );
  };
