import type { Evidence } from '../../evidence.ts';
import type { PlantRecord } from '../../record.ts';
import type { Sighting, Group } from '../causes/cause.ts';
import { levelEmpty } from '../cues/levels.ts';
import { lotFoundBad, lotReplaced, materialReplaced, notOfTheOrder } from '../cues/lots.ts';
import { calledInVain, missingCrew, noticedLate } from '../cues/people.ts';
import { mishaps } from '../cues/mishaps.ts';
import { againAndAgain } from '../cues/repeats.ts';
import { fellSilent } from '../cues/silence.ts';
import { supplies } from '../cues/supplies.ts';
import { isMessage } from '../records/alarms.ts';
import { alarmStrength } from '../cues/alarms.ts';
import { measuredAt, sighting } from '../cues/expect.ts';
import type { Origin } from '../localise/origin.ts';
import type { Measure } from '../records/measure.ts';
import type { Signal } from '../records/signals.ts';
import { extreme, shareBeyond } from '../records/signals.ts';
import { drifts, shifted } from '../cues/drifts.ts';
import { rejectsRise } from '../cues/moves.ts';
import type { Scene } from '../scene.ts';
import { saysNothing } from '../records/words.ts';

/** Something that does not happen every day, whatever it may mean. */
export type Noteworthy = { group: Group; strength: number; evidence: Evidence[] };

const minute = 60_000;

/** Whose word counts for a place: its own. What a machine says for itself tells nothing of a supply, a utility or a system. */
const heardAt = ({ kind, entry, place }: Origin): ReadonlySet<string> =>
  new Set(kind === 'machine' ? [entry, place] : [place]);

/** A message says that something is odd at all, and may be said every day. */
const messageShare = 0.4;
/** What shows less clearly than this, 0 to 1, is nothing of note. */
const slight = 0.2;
/** How long before a stop something odd counts as its own. */
const shortlyMs = 10 * minute;

/** The alarm a machine stood with (a line that was told to stop owes none), where it says more than that there is a fault. A message counts little. */
function alarms(scene: Scene, origin: Origin): Sighting[] {
  if (origin.kind === 'line') return [];
  const own =
    origin.kind === 'machine'
      ? (origin.stand?.alarms ?? [])
      : scene.alarms.filter(({ equipment }) => equipment === origin.place);
  const first = own.find((one) => !one.chatters && !saysNothing(one.text));
  if (!first || first.from < origin.onset - shortlyMs) return [];
  const strength = alarmStrength(first, scene, { id: origin.place, origin });
  return [sighting(scene, [first.record], strength * (isMessage(first) ? messageShare : 1))];
}

/** What measures the process; speeds, counts and buffers follow from the stop itself, and a magazine that was filled is no oddity. */
const ofProcess: readonly Measure[] = [
  'load',
  'temperature',
  'pressure',
  'vibration',
  'setpoint',
  'connected',
];
/** Of a utility, how much flows follows from who takes it; of a machine a value without a name may be the process. */
const measured: Record<'machine' | 'else', ReadonlySet<Measure>> = {
  machine: new Set([...ofProcess, 'other']),
  else: new Set(ofProcess),
};

/** A value beyond six robust standard deviations is no chance (the fixed limit that held on SKAB). */
const farOut = 6;
/** Nor is one that stays beyond this for most of three minutes. */
const lasting = 3.5;
/** What strayed and was back this long before the machine stood did not stop it. */
const straysMs = 90_000;
/** A machine about to stand runs with less load and shakes less: that is no sign of anything. */
const worksLess: ReadonlySet<Measure> = new Set(['load', 'vibration']);
/** A quiet load strays far by a trifle (a little more speed): under this share of usual it is nothing. */
const trifle = 0.2;
/** Temperature and pressure leave the usual as a machine stands, and a sample is read a moment early: one tells nothing yet. */
const samples = 2;
/** A machine that stood finds back to its temperature and pressure within this. */
const settlesMs = 10 * minute;

const settled = ({ floor }: Scene, { entry, onset }: Origin): boolean =>
  !(floor.stands.get(entry) ?? []).some(({ from, to }) => from < onset - 1_000 && to > onset - settlesMs);

function strayed(scene: Scene, origin: Origin, signal: Signal): Sighting[] {
  const { onset } = origin;
  const works = worksLess.has(signal.measure);
  const to = onset - 2_000 - (works || origin.kind !== 'machine' ? 0 : scene.clocks.tolerance);
  const ways: readonly ('up' | 'down')[] = works ? ['up'] : ['up', 'down'];
  const far = ways
    .map((way) => extreme(signal, onset - straysMs, to, way))
    .reduce((best, one) => ((one?.z ?? 0) > (best?.z ?? 0) ? one : best), null);
  const stays = ways.some((way) => shareBeyond(signal, onset - 3 * minute, to, way, lasting) > 0.6);
  if (!far || far.z < (stays ? lasting : farOut)) return [];
  const away = (value: number): number => Math.abs(value - signal.usual);
  if (works && away(far.value) < trifle * Math.abs(signal.usual)) return [];
  const beyond = signal.window.points.filter(
    ([at, value]) => at >= onset - 3 * minute && at <= to && away(value) > lasting * signal.scale,
  );
  if (!works && (beyond.length < samples || !settled(scene, origin))) return [];
  const seen = measuredAt(scene, signal, [far.at, far.value]);
  return [{ strength: Math.min(1, 0.5 + (far.z - lasting) / (2 * farOut)), evidence: [seen] }];
}

/** Values that climbed, fell or moved at once in the run before, a level at the bottom, more thrown out than before. */
function went(scene: Scene, origin: Origin): Sighting[] {
  const place = { id: origin.place, origin };
  return [
    ...drifts(scene, place, { measures: ['temperature', 'pressure'], direction: 'up', share: 0.03 }),
    ...drifts(scene, place, { measures: ['temperature', 'pressure'], direction: 'down', share: 0.03 }),
    ...drifts(scene, place, { measures: ['load', 'vibration'], direction: 'up', share: 0.2 }),
    ...rejectsRise(1, 0).look(scene, place),
    ...shifted(scene, place),
    ...levelEmpty(scene, place),
  ];
}

type Found = { group: Group; found: Sighting[] };

/** What was so for longer than this while the line ran did not stop it. */
const latelyMs = 30 * minute;

/** What this machine alone shows: its values, how it came to stand, what was put in place at it, who was called to it. */
function ofMachine(scene: Scene, origin: Origin): Found[] {
  if (origin.kind !== 'machine') return [];
  const place = { id: origin.place, origin };
  return [
    { group: 'gap', found: fellSilent(scene, origin) },
    { group: 'place', found: againAndAgain(scene, place) },
    { group: 'mes', found: notOfTheOrder(scene, place) },
    {
      group: 'quality',
      found: [...lotFoundBad(scene, place), ...materialReplaced(scene, place), ...lotReplaced(scene, place)],
    },
    { group: 'maintenance', found: calledInVain(scene, place) },
  ];
}

/** Records that somebody or something makes only when all is not well, shortly before the stop or as it began. */
function events(scene: Scene, heard: ReadonlySet<string>): Found[] {
  const here = ({ equipment }: PlantRecord): boolean =>
    equipment === null || equipment === scene.line.id || heard.has(equipment);
  const made = (records: readonly PlantRecord[]): Sighting[] =>
    records
      .filter(here)
      .filter(({ at }) => Date.parse(at) <= scene.from + 10 * minute)
      .filter(({ at }) => Date.parse(at) >= scene.from - latelyMs)
      .map((one) => sighting(scene, [one]));
  const befell = mishaps(scene)
    .filter(({ record }) => here(record))
    .map(({ seen }) => seen);
  // A calibration falls due by the calendar.
  const fine: ReadonlySet<string> = new Set(['release', 'test_passed', 'calibration_due']);
  return [
    { group: 'quality', found: made(scene.all('quality').filter(({ event }) => !fine.has(event))) },
    { group: 'mes', found: made(scene.valid('lot').filter((lot) => lot.held)) },
    { group: 'system', found: made(scene.all('system').filter(({ event }) => event === 'down')) },
    { group: 'note', found: befell },
  ];
}

/** What the line lacks by the plan: people, material, an order, or the time that a changeover took longer. */
function lacks(scene: Scene, origin: Origin): Found[] {
  const place = { id: origin.place, origin };
  const here = ({ equipment }: PlantRecord): boolean => equipment === null || equipment === scene.line.id;
  const short = supplies(scene).filter(
    ({ requirement, short: empty }) => empty && Date.parse(requirement.at) >= scene.from - latelyMs,
  );
  const orders = scene.valid('order').filter(here);
  const ready = orders.some(({ status }) => status === 'released' || status === 'started');
  const last = orders.at(-1);
  const plan = scene.overrun?.record;
  return [
    { group: 'crew', found: [...missingCrew(scene, place), ...noticedLate(scene, place)] },
    {
      group: 'erp',
      found: [...short.map((one) => one.sighting), ...(last && !ready ? [sighting(scene, [last])] : [])],
    },
    { group: 'plan', found: plan ? [sighting(scene, [plan])] : [] },
  ];
}

/** Values that went off where the stop began, before it did. */
export function valuesAstray(scene: Scene, origin: Origin): Sighting[] {
  const heard = heardAt(origin);
  const telling = measured[origin.kind === 'machine' ? 'machine' : 'else'];
  const signals = scene.signals.filter(
    ({ measure, window }) => telling.has(measure) && heard.has(window.equipment),
  );
  const slowly = origin.kind === 'machine' ? went(scene, origin) : [];
  return [...signals.flatMap((signal) => strayed(scene, origin, signal)), ...slowly];
}

/**
 * What is out of the ordinary where the stop began, before anybody asks for a cause. A cause that is not in the
 * catalogue shows in these, and no known cause takes them up.
 */
export function noteworthy(scene: Scene, origin: Origin): Noteworthy[] {
  const heard = heardAt(origin);
  const all: Found[] = [
    { group: 'alarm', found: alarms(scene, origin) },
    { group: 'signal', found: valuesAstray(scene, origin) },
    ...ofMachine(scene, origin),
    ...events(scene, heard),
    ...lacks(scene, origin),
  ];
  return all.flatMap(({ group, found }) =>
    found.filter(({ strength }) => strength > slight).map((one) => ({ group, ...one })),
  );
}
