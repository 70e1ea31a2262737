import type { Sighting, Place } from '../causes/cause.ts';
import type { AlarmSpan } from '../records/alarms.ts';
import { near, sighting } from './expect.ts';
import type { Scene } from '../scene.ts';
import { breakTimes } from '../frame/shift-times.ts';
import { mishaps } from './mishaps.ts';

const minute = 60_000;

/** Counts of people below the plan that began before the machine stood. A line that ran for hours one short did not stop for it. */
export function missingCrew(scene: Scene, { origin }: Place): Sighting[] {
  const before = scene
    .valid('crew')
    .filter(({ present, planned }) => present < planned)
    .map((crew) => sighting(scene, [crew], near(Date.parse(crew.at), origin.onset, 20 * minute, 5 * minute)));
  return [...before, ...lateFromBreak(scene)];
}

/** The break was over, and the line stood on because the people were not back. */
function lateFromBreak(scene: Scene): Sighting[] {
  const missing = scene.all('crew').filter(({ present, planned, at }) => {
    const told = Date.parse(at);
    return present < planned && told > scene.from && told < scene.end;
  });
  if (missing.length === 0) return [];
  const breaks = [
    ...breakTimes(scene.plant, scene.from - 5 * minute, scene.end),
    ...scene
      .all('calendar')
      .filter(({ activity, to }) => activity === 'break' && to !== null)
      .map(({ from, to }) => ({ from: Date.parse(from), to: Date.parse(to ?? from) })),
  ];
  return missing
    .filter(({ at }) => breaks.some(({ to }) => Math.abs(Date.parse(at) - to) <= 5 * minute))
    .slice(0, 1)
    .map((crew) => sighting(scene, [crew]));
}

/** People left shortly before, and within three minutes of their coming back the machine ran again. */
export function crewBack(scene: Scene, place: Place): Sighting[] {
  const { onset, stand } = place.origin;
  if (!stand || stand.to === Infinity) return [];
  const gone = missingCrew(scene, place).some(({ strength }) => strength > 0.5);
  const back = scene
    .all('crew')
    .findLast(
      ({ at, present, planned }) =>
        Date.parse(at) > onset && Date.parse(at) <= stand.to + minute && present >= planned,
    );
  if (!gone || !back) return [];
  const wait = stand.to - Date.parse(back.at);
  return wait >= -minute && wait <= 3 * minute ? [sighting(scene, [back, stand.span.record])] : [];
}

/** Where nobody acknowledges alarms at all, that nobody did tells nothing, unless people were missing. */
const acknowledges = (scene: Scene): boolean =>
  scene.alarms.some(({ acknowledgedAt }) => acknowledgedAt !== null);

/** Alarms of the machine whose coming and acknowledging is told, with how long nobody acknowledged them. */
function waits(scene: Scene, { origin: { stand } }: Place): { alarm: AlarmSpan; waitMs: number }[] {
  return (stand?.alarms ?? []).flatMap((alarm) => {
    if (alarm.chatters || alarm.record.acknowledged === null) return [];
    if (alarm.acknowledged && alarm.acknowledgedAt === null) return [];
    const until = Math.min(alarm.acknowledgedAt ?? Infinity, alarm.to, scene.end);
    return [{ alarm, waitMs: until - alarm.from }];
  });
}

const isShort = (scene: Scene, place: Place): boolean =>
  missingCrew(scene, place).some(({ strength }) => strength > 0.5);

/** At a line with people an alarm is acknowledged within a minute or two; from three minutes on it counts, from six in full. */
export const noticedLate = (scene: Scene, place: Place): Sighting[] =>
  (acknowledges(scene) || isShort(scene, place) ? waits(scene, place) : [])
    .filter(({ waitMs }) => waitMs > 3 * minute)
    .slice(0, 1)
    .map(({ alarm, waitMs }) => sighting(scene, [alarm.record], Math.min(1, waitMs / (6 * minute))));

export const noticedSoon = (scene: Scene, place: Place): Sighting[] =>
  waits(scene, place)
    .filter(({ alarm, waitMs }) => alarm.acknowledgedAt !== null && waitMs <= 2 * minute)
    .slice(0, 1)
    .map(({ alarm }) => sighting(scene, [alarm.record]));

/** People were missing as it began, and nobody acknowledged it for long. */
export function leftAlone(scene: Scene, place: Place): Sighting[] {
  const [gone] = missingCrew(scene, place).filter(({ strength }) => strength > 0.5);
  const [late] = noticedLate(scene, place);
  if (!gone || !late) return [];
  return [
    { strength: Math.min(gone.strength, late.strength), evidence: [...gone.evidence, ...late.evidence] },
  ];
}

/** Longer than this on the way is a wait: within one hall a technician is there in some minutes. */
const longWayMs = 8 * minute;

/** Where a call is only marked done: twenty minutes may be the repair alone, from forty on most of it was the wait. */
const longCallMs = 20 * minute;

/** Maintenance was called to this machine as it stopped, and came late or has not come. */
export function calledInVain(scene: Scene, { origin }: Place): Sighting[] {
  const calls = new Map(scene.all('maintenance').map((work) => [work.order, work]));
  return [...calls.values()].flatMap((work) => {
    const { equipment, requested, arrived, status } = work;
    if (requested === null || status === 'planned' || status === 'overdue') return [];
    if (equipment !== null && equipment !== origin.entry && equipment !== scene.line.id) return [];
    const called = Date.parse(requested);
    if (called < origin.onset - 10 * minute || called > scene.end) return [];
    if (arrived === null && status === 'done' && work.done !== null) {
      const tookMs = Date.parse(work.done) - called - longCallMs;
      return tookMs > 0 ? [sighting(scene, [work], Math.min(1, 0.2 + tookMs / (20 * minute)))] : [];
    }
    if (arrived === null && status !== 'requested') return [];
    const waitMs = (arrived === null ? scene.end : Date.parse(arrived)) - called;
    return waitMs > longWayMs ? [sighting(scene, [work])] : [];
  });
}

/** A crew of this many does not leave its posts at once for its own reasons. */
const wholeCrew = 3;

/** Everybody left at once, and not for a break: the line was left, no post was without cover. */
export function everybodyLeft(scene: Scene): Sighting[] {
  const told = mishaps(scene).map(({ seen }) => seen);
  const gone = scene.all('crew').filter(({ present, planned, at }) => {
    const apart = Date.parse(at) - scene.from;
    return present === 0 && planned >= wholeCrew && apart > -5 * minute && apart < 10 * minute;
  });
  const rests = (): boolean =>
    breakTimes(scene.plant, scene.from - 20 * minute, scene.from + 20 * minute).length > 0;
  return gone.length === 0 || rests() ? told : [...told, ...gone.map((one) => sighting(scene, [one]))];
}
