import { expect, it } from 'vitest';
import { sayDiagnosis } from '../../say/en/diagnosis.ts';
import { causesOf } from '../causes/own-cause.ts';
import { diagnose } from '../diagnose.ts';
import { localise } from '../localise/localise.ts';
import { sceneOf } from '../scene.ts';
import { calmBusiness, caseOf } from '../testing/cases.ts';
import { alarm, draw } from '../testing/drawing.ts';
import { bottlingPlant } from '../testing/plants.ts';
import { capperStands } from '../testing/ten.ts';
import { decide, leadOf } from '../weigh/abstain.ts';
import { hypotheses } from '../weigh/hypothesis.ts';
import type { Ranking, Scored } from '../weigh/weigh.ts';
import { rank } from '../weigh/weigh.ts';
import { candidatesOf } from './candidates.ts';
import { nextCheck } from './next-check.ts';

const plant = bottlingPlant();
const given = caseOf({
  plant,
  records: [
    calmBusiness(),
    draw('line-3', capperStands('T')),
    alarm(300, 'line-3.capper', 'A1', 'Drive overload'),
    alarm(300, 'line-3.capper', 'A2', 'Motor temperature high'),
  ],
});
const scene = sceneOf(given);
const origins = localise(scene.floor, plant, { alarmed: new Set(), slow: new Set() });
const ranking = rank(scene, hypotheses(scene, origins, causesOf(plant)), origins);
/** The trip, the wait that followed it and overheating lead with these shares; nothing else comes near. */
const led = (trip: number, wait: number, heat: number): Ranking => {
  const shares: Record<string, number> = {
    drive_trip: trip,
    waiting_for_maintenance: wait,
    overheating: heat,
  };
  const scored = ranking.scored
    .filter(({ place }) => place.id === 'line-3.capper')
    .map((one): Scored => ({ ...one, p: shares[one.cause.id] ?? 0.01 }))
    .toSorted((a, b) => b.p - a.p);
  return { ...ranking, scored };
};

it.each([
  ['the trip before the wait', led(0.3, 0.26, 0.12)],
  ['the wait before the trip', led(0.26, 0.3, 0.12)],
])('compares the first of two that go together with the next rival: %s', (_, shares) => {
  expect(leadOf(shares.scored)?.lead.cause.id).toBe('drive_trip');
  expect(decide(shares, origins).answer).toBeNull();
  const candidates = candidatesOf(scene, shares.scored.slice(0, 5), shares, null, 'line-3.capper', []);
  const check = nextCheck(scene, shares, { place: 'line-3.capper', settled: false, none: false });
  const said = sayDiagnosis({ ...diagnose(given), candidates, next_check: check }, plant).text;
  expect(said).toContain('Could be: a tripped drive or overheating of the capper.');
  expect(check).toMatch(/That tells (a tripped drive from overheating|overheating from a tripped drive)/);
});

it('sends nobody to look for what may have followed while it is open what came first', () => {
  const shares = led(0.4, 0.02, 0.06);
  // Of the wait nothing could be told so far, of all others everything.
  const scored = shares.scored.map((one) => ({
    ...one,
    missing: [],
    dark: one.cause.sequel ? one.cause.evidence.filter(({ weight }) => weight > 0) : [],
  }));
  const check = nextCheck(
    scene,
    { ...shares, scored },
    { place: 'line-3.capper', settled: false, none: false },
  );
  expect(check).toMatch(/^look at the drive|^feel and read the temperature/);
});
