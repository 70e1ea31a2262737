import type { Evidence } from '../evidence.ts';
import type { PlantRecord } from '../record.ts';
import type { Finding, Group } from './cause.ts';
import { finding, near } from './expect.ts';
import type { Origin } from './localise.ts';
import type { Look, Measure } from './looks.ts';
import { extreme, shareBeyond } from './looks.ts';
import { drifts, rejectsRise } from './moves.ts';
import { signalEvidence } from './says.ts';
import type { Scene } from './scene.ts';
import { saysNothing } from './words.ts';

/** Something that does not happen every day, whatever it may mean. */
export type Noteworthy = { group: Group; strength: number; evidence: Evidence[] };

const minute = 60_000;

/** The machines whose word counts for a place: the first one hit, or all of a utility or a system, and itself. */
const heardAt = (origin: Origin): ReadonlySet<string> =>
  new Set([origin.entry, origin.place, ...(origin.kind === 'machine' ? [] : origin.hit)]);

/** The alarm a machine stood with (a line that was told to stop owes none), where it says more than that there is a fault. A message (ISA-18.2: low) counts little. */
function alarms(scene: Scene, origin: Origin): Finding[] {
  if (origin.kind === 'line') return [];
  const first = origin.stand?.alarms.find((one) => !one.chatters && !saysNothing(one.text));
  if (!first || first.from < origin.onset - 10 * minute) return [];
  return [finding(scene, [first.record], first.severity < 334 ? 0.4 : 1)];
}

/** What measures the process; speeds, counts and buffers follow from the stop itself. */
const measured: ReadonlySet<Measure> = new Set([
  'load',
  'temperature',
  'pressure',
  'vibration',
  'level',
  'setpoint',
  'connected',
  'other',
]);

/** A quiet load strays far by a trifle (a little more speed): under 15 % of usual is nothing. A value beyond six robust standard deviations is no chance (the fixed limit that held on SKAB). */
const farOut = 6;
/** Nor is one that stays beyond this for most of three minutes. */
const lasting = 3.5;

const worksLess: ReadonlySet<Measure> = new Set(['load', 'vibration']);

function strayed(scene: Scene, origin: Origin, look: Look): Finding[] {
  const { onset } = origin;
  const [from, to] = [onset - 10 * minute, onset - 2_000];
  // A machine about to stand runs with less load and shakes less: that is no sign of anything.
  const ways: readonly ('up' | 'down')[] = worksLess.has(look.measure) ? ['up'] : ['up', 'down'];
  const far = ways
    .map((way) => extreme(look, from, to, way))
    .reduce((best, one) => ((one?.z ?? 0) > (best?.z ?? 0) ? one : best), null);
  const stays = ways.some((way) => shareBeyond(look, onset - 3 * minute, to, way, lasting) > 0.6);
  if (!far || far.z < (stays ? lasting : farOut)) return [];
  if (look.measure === 'load' && Math.abs(far.value - look.usual) < 0.15 * Math.abs(look.usual)) return [];
  const seen = signalEvidence(look.window, far.at, far.value, scene.plant, scene.systems);
  // Its own measure speaks for a utility; a machine's may only have followed.
  const own = origin.kind === 'machine' || look.window.equipment === origin.place ? 1 : 0.5;
  const strength = Math.min(1, 0.5 + (far.z - lasting) / (2 * farOut));
  return [{ strength: own * strength, evidence: [seen] }];
}

/** Values that climbed or fell slowly in the run before, and a machine that threw out more than before. */
function went(scene: Scene, origin: Origin): Finding[] {
  const place = { id: origin.place, origin };
  return [
    ...drifts(scene, place, { measures: ['temperature', 'pressure'], direction: 'up', share: 0.03 }),
    ...drifts(scene, place, { measures: ['temperature', 'pressure'], direction: 'down', share: 0.03 }),
    ...drifts(scene, place, { measures: ['load', 'vibration'], direction: 'up', share: 0.2 }),
    ...rejectsRise(1, 0).look(scene, place),
  ];
}

/** Values of this machine alone that ended as it stopped. */
const fellSilent = (scene: Scene, { entry, onset }: Origin): Finding[] =>
  scene
    .all('gap')
    .filter((gap) => gap.equipment === entry && Math.abs(Date.parse(gap.from) - onset) < 2 * minute)
    .map((gap) => finding(scene, [gap]));

type Found = { group: Group; found: Finding[] };

/** Records that somebody or something makes only when all is not well, up to `minutes` before the stop and within it. */
function events(scene: Scene, heard: ReadonlySet<string>): Found[] {
  const ours = ({ equipment }: PlantRecord): boolean =>
    equipment === null || equipment === scene.line.id || heard.has(equipment);
  const lately = (records: readonly PlantRecord[], minutes: number, strength = 1): Finding[] =>
    records
      .filter(ours)
      .filter(({ at }) => Date.parse(at) <= scene.from + 10 * minute)
      .map((one) =>
        finding(scene, [one], strength * near(Date.parse(one.at), scene.from, minutes * minute, 10 * minute)),
      );
  const quality = scene.all('quality').filter(({ event }) => event !== 'release' && event !== 'test_passed');
  const held = scene.valid('lot').filter((lot) => lot.held);
  const silent = scene.all('system').filter(({ event }) => event === 'down');
  const called = scene.all('maintenance').filter(({ status }) => status === 'requested');
  return [
    { group: 'quality', found: lately(quality, 60) },
    { group: 'mes', found: lately(held, 240) },
    { group: 'system', found: lately(silent, 15) },
    { group: 'maintenance', found: lately(called, 15, 0.5) },
  ];
}

/** What the line lacks by the plan: people, material, an order, or the time that a changeover took longer. */
function lacks(scene: Scene): Found[] {
  const here = ({ equipment }: PlantRecord): boolean => equipment === null || equipment === scene.line.id;
  const crew = scene.valid('crew').filter(here).at(-1);
  const short = scene
    .valid('material_requirement')
    .filter(here)
    .filter((one) => one.available !== null && one.available <= 0 && one.withdrawn < one.required);
  const orders = scene.valid('order').filter(here);
  const ready = orders.some(({ status }) => status === 'released' || status === 'started');
  const last = orders.at(-1);
  const plan = scene.overrun?.record;
  return [
    { group: 'crew', found: crew && crew.present < crew.planned ? [finding(scene, [crew])] : [] },
    {
      group: 'erp',
      found: [
        ...short.map((one) => finding(scene, [one])),
        ...(last && !ready ? [finding(scene, [last])] : []),
      ],
    },
    { group: 'plan', found: plan ? [finding(scene, [plan])] : [] },
  ];
}

/**
 * What is out of the ordinary where the stop began, before anybody asks for a cause: the strongest per source.
 * A cause that is not in the catalogue shows in these, and no known cause takes them up.
 */
export function noteworthy(scene: Scene, origin: Origin | undefined): Noteworthy[] {
  if (!origin) return [];
  const heard = heardAt(origin);
  const looks = scene.looks.filter((look) => measured.has(look.measure) && heard.has(look.window.equipment));
  const all: Found[] = [
    { group: 'alarm', found: alarms(scene, origin) },
    {
      group: 'signal',
      found: [...looks.flatMap((look) => strayed(scene, origin, look)), ...went(scene, origin)],
    },
    { group: 'gap', found: fellSilent(scene, origin) },
    ...events(scene, heard),
    ...lacks(scene),
  ];
  return all.flatMap(({ group, found }) => {
    const best = found.toSorted((a, b) => b.strength - a.strength)[0];
    return best && best.strength > 0.2 ? [{ group, ...best }] : [];
  });
}
