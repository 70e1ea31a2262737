import { catalogue } from '../diagnosis/causes/catalogue.ts';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import { causesOf } from '../diagnosis/causes/own-cause.ts';
import type { Plant } from '../equipment.ts';
import type { Correction } from '../correction.ts';
import { buttonLabel } from '../message.ts';
import { placeWithLine, placeWords } from '../say/en/words.ts';

/** One thing that it could have been; `label` is a noun phrase, at most 75 characters. */
type Choice = { place: string; cause: string; label: string };

/** What it was in words of ours. What a person wrote stands nowhere in them: it may blame somebody. */
export function causeAt(plant: Plant, place: string | null, cause: string | null): string {
  const at = place === null ? 'the line' : placeWords(plant, place);
  const known = causesOf(plant).find(({ id }) => id === cause);
  if (known) return known.words(at);
  return place === null ? 'another cause' : `another cause at ${at}`;
}

const real = ({ cause }: { cause: string }): boolean => cause !== 'other' && cause !== 'unknown';

/** Causes that can lie at a machine: two the records point to, the plant's own, then the more common first. */
function causesAt(diagnosis: Diagnosis, plant: Plant, place: string): string[] {
  const machine = plant.lines.flatMap(({ machines }) => machines).find(({ id }) => id === place);
  const told = diagnosis.candidates
    .filter((one) => one.place === place && real(one))
    .map(({ cause }) => cause);
  const own = (plant.causes ?? []).filter(
    ({ at, machines }) =>
      machine &&
      at === 'machine' &&
      (machines.length === 0 || machines.includes(machine.id) || machines.includes(machine.class ?? '')),
  );
  const usual = catalogue
    .filter(({ scope }) => machine && (scope === 'machine' || scope === 'machine or line'))
    .toSorted((a, b) => (b.share ?? 1) - (a.share ?? 1))
    .map(({ id }) => id);
  return [...new Set([...told.slice(0, 2), ...own.map(({ id }) => id), ...told, ...usual])];
}

/**
 * What can be chosen where something is not said yet, at most `most`: the other causes that were looked at, causes
 * of the place that was said, or places of the cause that was said. What the records had led to is left out.
 */
export function choicesFor(
  { place, cause, was, words }: Pick<Correction, 'place' | 'cause' | 'was' | 'words'>,
  diagnosis: Diagnosis,
  plant: Plant,
  most = 4,
): Choice[] {
  const told = (one: { place: string; cause: string }) => one.place === was.place && one.cause === was.cause;
  const all = (): { place: string; cause: string }[] => {
    if (place !== null) return causesAt(diagnosis, plant, place).map((one) => ({ place, cause: one }));
    if (cause !== null) {
      const line = plant.lines.find(({ id }) => id === diagnosis.stop.line);
      return (line?.machines ?? []).map(({ id }) => ({ place: id, cause }));
    }
    return diagnosis.candidates.filter(real);
  };
  const label = (one: { place: string; cause: string }): string =>
    place === null && cause !== null ? placeWithLine(plant, one.place) : causeAt(plant, one.place, one.cause);
  const choices = all()
    .filter((one) => !told(one))
    .slice(0, cause !== null && place === null ? 9 : most)
    .map((one) => ({ place: one.place, cause: one.cause, label: buttonLabel(label(one)) }));
  // What fits nothing of the catalogue is kept beside the words it was said in.
  return words !== '' && place !== null
    ? [...choices, { place, cause: 'other', label: 'Another cause, as written' }]
    : choices;
}
