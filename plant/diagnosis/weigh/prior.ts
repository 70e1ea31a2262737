import type { Hypothesis } from './hypothesis.ts';
import type { Scene } from '../scene.ts';
import type { MachineStand } from '../localise/stands.ts';
import type { ConfirmedCause } from '../stop-case.ts';

/**
 * Dirichlet with one imagined stop (alpha 1) per cause that was ever confirmed or is tried, shared out as was assumed
 * before: as many confirmed stops weigh as much as all that was assumed. Work orders of real machines showed that
 * fine keys overfit where they have few cases (IBM chillers: component 0.39 right, machine + component 0.26).
 */
const alpha = 1;

/**
 * History moves two causes apart by no more than a strong record would (2 points: 1.5 up, 0.5 down), so that a
 * decisive one (3) outvotes it however often it was otherwise. Each stop more counts a little less.
 */
const bounded = (points: number): number => {
  const most = points > 0 ? 1.5 : 0.5;
  return Math.sign(points) * most * (1 - Math.exp(-Math.abs(points) / most));
};

/** The alarm a machine stood with; one that comes and goes all the time says nothing of this stop. */
const firstAlarm = (stand: MachineStand | null): string | null =>
  stand?.alarms.find(({ chatters }) => !chatters)?.alarm ?? null;

/** The first alarm of each machine in its last stand up to the stop. */
export const firstAlarms = (scene: Scene): { equipment: string; alarm: string }[] =>
  [...scene.floor.stands].flatMap(([equipment, stands]) => {
    const last = stands.findLast((stand) => stand.from <= scene.end && stand.to >= scene.from - 60_000);
    const alarm = firstAlarm(last ?? null);
    return alarm === null ? [] : [{ equipment, alarm }];
  });

/** Stops like this one, told as `of the packer with the same first alarm`. */
type Key = { belongs: (one: ConfirmedCause) => boolean; like: 'alarm' | 'machine' | 'class' | 'all' };

/** Keys from coarse to fine; each is mixed with the one before, so a key with few cases changes little. */
function keysOf(scene: Scene, { place }: Pick<Hypothesis, 'place'>): Key[] {
  const machine = place.origin.entry;
  const kind = scene.line.machines.find(({ id }) => id === machine)?.class ?? null;
  const first = firstAlarm(place.origin.stand);
  const generic = kind === null || kind === 'machine';
  return [
    { like: 'all', belongs: () => true },
    ...(generic
      ? []
      : [{ like: 'class' as const, belongs: (one: ConfirmedCause) => one.machineClass === kind }]),
    { like: 'machine', belongs: (one) => one.machine === machine },
    ...(first === null
      ? []
      : [
          {
            like: 'alarm' as const,
            belongs: (one: ConfirmedCause) => one.machine === machine && one.firstAlarm === first,
          },
        ]),
  ];
}

const before = ({ case: given, from }: Scene): ConfirmedCause[] =>
  given.confirmed.filter(({ at }) => at < from);

/**
 * The share of a cause at a place before anything of this stop is looked at. `assumed`: the catalogue's share
 * of 1, one of `causes`. Only causes that a person confirmed for earlier stops count; without any, the assumed
 * share comes back.
 */
export function priorOf(scene: Scene, hypothesis: Hypothesis, assumed: number, causes: number): number {
  const earlier = before(scene);
  if (earlier.length === 0) return assumed;
  const imagined = alpha * causes;
  const learned = keysOf(scene, hypothesis).reduce((mean, { belongs }) => {
    const same = earlier.filter(belongs);
    const count = same.filter(({ cause }) => cause === hypothesis.cause.id).length;
    return (count + imagined * mean) / (same.length + imagined);
  }, assumed);
  return assumed * Math.exp(bounded(Math.log(learned / assumed)));
}

/** Where stops like this one had this cause before: `same` of the `last` such stops. null: fewer than two such stops. */
export function historyOf(
  scene: Scene,
  hypothesis: Pick<Hypothesis, 'place' | 'cause'>,
): { same: number; last: readonly ConfirmedCause[]; like: Key['like'] } | null {
  const earlier = before(scene);
  for (const { belongs, like } of keysOf(scene, hypothesis).toReversed()) {
    if (like === 'all' || like === 'class') return null;
    const last = earlier
      .filter(belongs)
      .toSorted((a, b) => b.at - a.at)
      .slice(0, 5);
    if (last.length < 2) continue;
    const same = last.filter(({ cause }) => cause === hypothesis.cause.id).length;
    return same === 0 ? null : { same, last, like };
  }
  return null;
}
