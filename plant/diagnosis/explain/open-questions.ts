import { placeWords } from '../../say/en/words.ts';
import type { Group } from '../causes/cause.ts';
import type { Origin } from '../localise/origin.ts';
import type { Scene } from '../scene.ts';
import type { Scored } from '../weigh/weigh.ts';

const dark: Partial<Record<Group, string>> = {
  crew: 'how many people were at the line',
  erp: 'the orders and stock at that time',
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
      group === 'signal' ? [`whether there was ${what}: it is not measured`] : [],
    ),
  );
  return [...new Set([...machines, ...groups, ...signals.slice(0, 2), ...scene.flow.problems])].filter(
    (text) => text !== '',
  );
}
