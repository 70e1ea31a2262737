import type { Cause } from './cause.ts';
import { shows, sighting, standIs, stateIs } from '../cues/expect.ts';
import { noteSays, reasonSays } from '../cues/written.ts';
import type { PlannedActivity } from '../frame/planned.ts';
import type { Scene } from '../scene.ts';
import { changeover, cleaning, noOrder } from '../cues/concepts.ts';

const overrun = (scene: Scene, activity: PlannedActivity) => {
  const plan = scene.overrun;
  if (plan?.activity !== activity) return [];
  return [plan.record ? sighting(scene, [plan.record]) : { strength: 1, evidence: [] }];
};

/** No order was started or ready at the stop, and somebody who knows the orders says so. */
function withoutOrder(scene: Scene) {
  const orders = scene
    .valid('order')
    .filter(({ equipment }) => equipment === null || equipment === scene.line.id);
  const own = orders.filter(({ equipment }) => equipment === scene.line.id);
  const ours = own.length > 0 ? own : orders;
  if (ours.length === 0) return [];
  const waiting = ours.filter(
    ({ status, confirmed, planned }) =>
      status === 'released' || (status === 'started' && confirmed < planned),
  );
  if (waiting.length > 0) return [];
  const last = ours.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at)).slice(-1);
  return [sighting(scene, last)];
}

/** The last order was done within minutes of the stop: the line did not run dry, it had nothing more to make. */
function completedThen(scene: Scene) {
  if (withoutOrder(scene).length === 0) return [];
  return scene
    .all('order')
    .filter(({ status, equipment }) => status === 'completed' && equipment === scene.line.id)
    .filter(({ end }) => end !== null && Math.abs(Date.parse(end) - scene.from) <= 10 * 60_000)
    .slice(-1)
    .map((order) => sighting(scene, [order]));
}

const runningOrder = (scene: Scene) =>
  scene
    .valid('order')
    .filter(
      ({ status, confirmed, planned, equipment }) =>
        status === 'started' &&
        confirmed < planned * 0.98 &&
        (equipment === null || equipment === scene.line.id),
    )
    .slice(0, 1)
    .map((order) => sighting(scene, [order]));

export const planningCauses: readonly Cause[] = [
  {
    id: 'changeover_overrun',
    class: 'planning',
    scope: 'line',
    words: () => 'a changeover that took longer than its standard time',
    check: () => 'ask what the changeover waited for: a tool, a part, a release?',
    evidence: [
      // The plan covers this stop and ran over: it outweighs the alarm and the spike of a jam cleared minutes before.
      shows('plan', 5.5, 'a changeover beyond its standard time', (scene) => overrun(scene, 'changeover'), {
        missing: 3,
        visible: () => true,
      }),
      standIs(['setup'], 0.8, 'machines in setup'),
      noteSays(changeover),
      reasonSays(changeover),
    ],
  },
  {
    id: 'cleaning_overrun',
    class: 'planning',
    scope: 'line',
    words: () => 'a cleaning that took longer than its standard time',
    check: () => 'look at which step of the cleaning programme it waits for',
    evidence: [
      shows('plan', 5.5, 'a cleaning beyond its standard time', (scene) => overrun(scene, 'cleaning'), {
        missing: 3,
        visible: () => true,
      }),
      standIs(['setup'], 0.5, 'machines in cleaning'),
      noteSays(cleaning),
      reasonSays(cleaning),
    ],
  },
  {
    id: 'no_order',
    class: 'planning',
    scope: 'line',
    words: () => 'no order to run',
    check: () => 'look in the ERP whether an order is released for this line',
    evidence: [
      shows('erp', 2.5, 'no order that could run', withoutOrder, { missing: 2, needs: 'order' }),
      shows('erp', 3.5, 'an order that was completed just then, and none after it', completedThen),
      shows('erp', -2, 'an order that was running', runningOrder),
      stateIs(['Complete', 'Completing'], 1, 'machines that report complete'),
      noteSays(noOrder),
      reasonSays(noOrder),
    ],
  },
];
