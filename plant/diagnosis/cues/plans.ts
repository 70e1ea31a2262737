import type { Sighting } from '../causes/cause.ts';
import { sighting } from './expect.ts';
import type { Scene } from '../scene.ts';

const minute = 60_000;

/** Settings that do not fit show within the first three quarters of an hour. */
const freshMs = 45 * minute;

/** A changeover that ended shortly before the stop: by the calendar, by the MES, or because machines stood in setup. */
export function changeoverJustOver(scene: Scene): Sighting[] {
  const fresh = (to: string | null): boolean =>
    to !== null && Date.parse(to) <= scene.from + minute && Date.parse(to) >= scene.from - freshMs;
  const planned = scene
    .all('calendar')
    .filter(({ activity, to }) => activity === 'changeover' && fresh(to))
    .slice(-1);
  if (planned.length > 0) return [sighting(scene, planned)];
  const entered = scene
    .all('downtime_event')
    .filter(({ category, from, to }) => {
      const longEnough = to !== null && Date.parse(to) - Date.parse(from) >= 5 * minute;
      return category === 'setup' && longEnough && fresh(to);
    })
    .slice(-1);
  if (entered.length > 0) return [sighting(scene, entered)];
  const setups = [...scene.states.values()].flatMap((spans) =>
    spans.filter(
      ({ mode, from, to }) =>
        mode === 'Setup' && to - from >= 5 * minute && to <= scene.from && to >= scene.from - freshMs,
    ),
  );
  const machines = new Set(setups.map(({ record }) => record.equipment));
  return machines.size >= 2
    ? [
        sighting(
          scene,
          setups.slice(-2).map(({ record }) => record),
        ),
      ]
    : [];
}
