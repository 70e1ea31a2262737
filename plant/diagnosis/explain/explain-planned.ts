import { claimsOf, ids, listed } from './cited.ts';
import { wholeLine } from './chain.ts';
import { completenessOf } from './completeness.ts';
import type { Diagnosis } from '../diagnosis.ts';
import { sighting } from '../cues/expect.ts';
import type { PlannedActivity } from '../frame/planned.ts';
import type { Scene } from '../scene.ts';
import { stopClaim } from './stood.ts';

const plannedCauses: Record<PlannedActivity, readonly [string, string]> = {
  break: ['planned_break', 'a planned break'],
  no_shift: ['no_shift', 'no shift that was planned'],
  planned_maintenance: ['planned_maintenance', 'planned maintenance'],
  changeover: ['changeover', 'a planned changeover within its standard time'],
  cleaning: ['cleaning', 'a planned cleaning'],
  meeting: ['meeting', 'a planned meeting'],
  no_order: ['no_order', 'a plan without an order for this time'],
};

/** A record or the shift plan says so; or only the list of stops did, whose record is not here. */
const sureness = { recorded: 0.97, listed: 0.6 };

/** A stop that was meant to be is answered as such; nothing is looked for beyond the plan. */
export function explainPlanned(scene: Scene): Diagnosis {
  const plan = scene.plans[0];
  const [cause, words] = plannedCauses[plan?.activity ?? 'break'];
  const stopped = stopClaim(scene);
  const said = listed([
    ...(plan?.record ? sighting(scene, [plan.record]).evidence : []),
    ...stopped.evidence,
  ]);
  const place = scene.line.id;
  const p = plan ? sureness.recorded : sureness.listed;
  return {
    stop: scene.case.stop,
    planned: true,
    machine: null,
    place,
    cause,
    class: 'planning',
    p,
    chain: wholeLine(scene, false),
    roots: [],
    ruled_out: [],
    unknown: [],
    next_check: null,
    abstained: false,
    candidates: [{ cause, class: 'planning', place, p, for: ids(said), against: [], words }],
    claims: claimsOf([stopped, { kind: 'inference', text: `this was ${words}`, evidence: said }]),
    evidence: said,
    completeness: completenessOf(scene),
  };
}
