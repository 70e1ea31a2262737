import { placeWords } from '../say/en/words.ts';
import type { Group } from './cause.ts';
import { wordsFor } from './cited.ts';
import type { Origin } from './localise.ts';
import type { Scene } from './scene.ts';
import type { Scored } from './score.ts';

const dark: Partial<Record<Group, string>> = {
  crew: 'how many people were at the line',
  erp: 'the orders and stock of that time',
  system: 'whether the IT systems answered',
  maintenance: 'what maintenance was called for',
  quality: 'whether quality held anything',
  alarm: 'the alarms of the machine',
  mes: 'the lots in use',
};

/** What nobody could tell and what would have helped, as clauses. */
export function unknowns(scene: Scene, origin: Origin | null, leaders: readonly Scored[]): string[] {
  const machines = (origin?.path ?? [])
    .filter(({ machine }) => !scene.floor.stands.has(machine))
    .map(({ machine }) => `what ${placeWords(scene.plant, machine)} did: nobody reports its state`);
  const groups = leaders.flatMap((one) => one.dark.map(({ group }) => dark[group] ?? ''));
  const signals = leaders.flatMap((one) =>
    one.dark.flatMap(({ group, what }) =>
      group === 'signal' ? [`whether there was ${what}: no such signal is recorded`] : [],
    ),
  );
  return [...new Set([...machines, ...groups, ...signals.slice(0, 2), ...scene.flow.problems])].filter(
    (text) => text !== '',
  );
}

const openWeight = (one: Scored): number =>
  one.dark.reduce((sum, { weight }) => sum + weight, 0) +
  one.missing.reduce((sum, { weight }) => sum + weight / 2, 0);

const sentence = (text: string): string => (/[.?!]$/.test(text) ? text : `${text}.`);

/** The look with the most still unseen that the second cause does not share with the first. */
export function nextCheck(scene: Scene, scored: readonly Scored[], abstained: boolean): string | null {
  const [top, second] = scored;
  if (!top || (!abstained && top.p >= 0.85)) return null;
  const at = (one: Scored): string => placeWords(scene.plant, one.place.id);
  if (!second) return sentence(top.cause.check(at(top)));
  const look =
    openWeight(second) > openWeight(top) + 1 && !abstained
      ? top
      : openWeight(top) >= openWeight(second)
        ? top
        : second;
  const check = sentence(look.cause.check(at(look)));
  if (top.cause.id === second.cause.id) return check;
  return `${check} That tells ${wordsFor(scene, top)} from ${wordsFor(scene, second)}.`;
}
