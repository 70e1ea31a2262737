import type { Evidence } from '../evidence.ts';
import type { PlantRecord } from '../record.ts';
import type { Millis } from '../time.ts';
import type { AlarmSpan } from './alarms.ts';
import type { Expectation, Finding, Group, Place } from './cause.ts';
import type { Look, Measure } from './looks.ts';
import { extreme, shareBeyond, valueAt } from './looks.ts';
import { evidenceOf, signalEvidence } from './says.ts';
import type { Scene } from './scene.ts';
import type { StandKind } from './stands.ts';
import { mentions, plainText, saysNothing } from './words.ts';

const minute = 60_000;

/** Trust in one record by its quality. */
export const finding = (scene: Scene, records: readonly PlantRecord[], strength = 1): Finding => ({
  strength: strength * (records.some(({ quality }) => quality === 'uncertain') ? 0.5 : 1),
  evidence: records.map((record) => evidenceOf(record, scene.plant, scene.systems)),
});

/** 1 from `beforeMs` before the onset to `afterMs` after it, falling to a third within the same time again. */
export function near(at: Millis, onset: Millis, beforeMs: number, afterMs: number): number {
  if (at < onset - beforeMs) return Math.exp(-(onset - beforeMs - at) / Math.max(beforeMs, minute));
  if (at > onset + afterMs) return Math.exp(-(at - onset - afterMs) / Math.max(afterMs / 2, minute));
  return 1;
}

/** The machines of a place whose alarms and signals count: the first one hit, or all that a utility or a system hit. */
export const machinesAt = (place: Place): readonly string[] =>
  place.origin.kind === 'utility' || place.origin.kind === 'system' ? place.origin.hit : [place.origin.entry];

const concerns = (place: Place, equipment: string): boolean =>
  equipment === place.id || machinesAt(place).includes(equipment);

/** How much an alarm says about this stop: stale and chattering ones little, the first of a machine most. */
export function alarmStrength(alarm: AlarmSpan, scene: Scene, place: Place): number {
  const { onset, stand } = place.origin;
  const tolerance = scene.clocks.tolerance;
  // Warnings (low level, rising temperature) come up to ten minutes earlier; what is older is a standing alarm.
  const early = alarm.from < onset - 10 * minute - tolerance;
  const late = alarm.from > Math.min(scene.end, onset + 3 * minute) + tolerance;
  if (early || late) return 0;
  const first = stand?.alarms.find((one) => !one.chatters && one.from >= onset - 30_000 - tolerance);
  const consequence = first !== undefined && alarm.from > first.from + 1_000;
  const before = alarm.to < onset - tolerance;
  return (alarm.chatters ? 0.25 : 1) * (consequence ? 0.7 : 1) * (before ? 0.8 : 1);
}

/** An alarm at the place, or the state's own reason text, says one of these words. */
export function alarmSays(cue: RegExp, weight: number, what: string, missing = 0.8): Expectation {
  return {
    group: 'alarm',
    weight,
    missing,
    needs: 'alarm',
    what,
    // "Group fault 2" is an alarm: nobody can say that the right one did not come.
    visible: (scene, { origin }) =>
      scene.hears('alarm', origin.entry) === 'healthy' &&
      !(origin.stand?.alarms ?? []).some((alarm) => !alarm.chatters && saysNothing(alarm.text)),
    look(scene, place) {
      const found = scene.alarms
        .filter((alarm) => concerns(place, alarm.equipment) && mentions(alarm.text, cue))
        .map((alarm) => finding(scene, [alarm.record], alarmStrength(alarm, scene, place)));
      const spans = place.origin.stand?.spans.slice(0, 4) ?? [];
      const reasons = spans
        .filter(({ raw }) => mentions(plainText(raw), cue))
        .map(({ record }) => finding(scene, [record], 0.9));
      return [...found, ...reasons];
    },
  };
}

/** What people wrote in or after the stop: weak, and never alone. */
export function noteSays(cue: RegExp, weight = 1): Expectation {
  return {
    group: 'note',
    weight: Math.min(1, weight),
    what: 'a note about it',
    look(scene, place) {
      return scene
        .all('note')
        .filter((note) => {
          const at = Date.parse(note.at);
          return at >= scene.from - 30 * minute && at <= scene.end + 90 * minute;
        })
        .filter((note) => mentions(plainText(note.text), cue))
        .map((note) => {
          const elsewhere =
            note.equipment !== null && note.equipment !== scene.line.id && !concerns(place, note.equipment);
          return finding(
            scene,
            [note],
            near(Date.parse(note.at), scene.from, 0, 45 * minute) * (elsewhere ? 0.4 : 1),
          );
        });
    },
  };
}

/** The reason somebody chose in the MES; about one in seven is wrong, so it weighs little more than a note. */
export function reasonSays(cue: RegExp, weight = 1.2): Expectation {
  return {
    group: 'reason',
    weight,
    what: 'a reason in the MES',
    look(scene) {
      return scene
        .valid('downtime_event')
        .concat(scene.all('downtime_event'))
        .filter((entry) => {
          const from = Date.parse(entry.from);
          const to = entry.to === null ? scene.end : Date.parse(entry.to);
          return from <= scene.end && to >= scene.from - minute && from >= scene.from - 10 * minute;
        })
        .filter((entry) => mentions(plainText(`${entry.reason ?? ''} ${entry.status}`), cue))
        .slice(0, 1)
        .map((entry) => finding(scene, [entry]));
    },
  };
}

/** Work that maintenance has open or did lately on this machine. */
export function workSays(cue: RegExp, weight = 1): Expectation {
  return {
    group: 'maintenance',
    weight,
    what: 'a maintenance order about it',
    look(scene, place) {
      return scene
        .valid('maintenance')
        .filter((work) => work.equipment === null || concerns(place, work.equipment))
        .filter((work) => mentions(plainText(work.text), cue))
        .map((work) => finding(scene, [work], work.status === 'done' ? 0.5 : 1));
    },
  };
}

/** Alarm, note and MES reason by the same words: what most causes of a machine leave behind. */
export const wordsOf = (cue: RegExp, weight: number, what: string, missing = 0.8): Expectation[] => [
  alarmSays(cue, weight, what, missing),
  noteSays(cue),
  reasonSays(cue),
];

/** Signals of one kind at a place. Where a utility is measured itself, the pressure inside a machine says nothing of it. */
function looksAt(scene: Scene, place: Place, measure: Measure): Look[] {
  const found = scene.looks.filter(
    (look) => look.measure === measure && concerns(place, look.window.equipment),
  );
  const own = found.filter((look) => look.window.equipment === place.id);
  return own.length > 0 ? own : found;
}

/** How a signal has to move: away from usual by `z` robust standard deviations, at a point or for most of the time. */
export type Move = {
  measure: Measure;
  direction: 'up' | 'down';
  z: number;
  /** Seconds before and after the onset; running machines only: loads fall when a machine stops. */
  beforeS: number;
  afterS: number;
  lasting?: boolean;
};

function moved(scene: Scene, place: Place, look: Look, move: Move): Finding | null {
  const from = place.origin.onset - move.beforeS * 1000;
  // A machine that stands cools down and takes no air: what its own values do after it stopped is a consequence.
  const shared = place.id !== place.origin.entry && look.window.equipment !== place.id;
  const to = place.origin.onset + (shared ? 0 : move.afterS * 1000 + scene.clocks.tolerance);
  const point = extreme(look, from, to, move.direction);
  if (!point || point.z < move.z) return null;
  if (move.lasting && shareBeyond(look, from, to, move.direction, move.z / 2) < 0.4) return null;
  // Just over the limit counts half, twice the limit in full.
  const strength = Math.min(1, 0.5 + (point.z - move.z) / (2 * move.z));
  const evidence: Evidence = signalEvidence(look.window, point.at, point.value, scene.plant, scene.systems);
  return { strength, evidence: [evidence] };
}

/** A signal of this kind at the place leaves its usual range. */
export function signalMoves(move: Move, weight: number, what: string, missing = weight / 2): Expectation {
  return {
    group: 'signal',
    weight,
    missing,
    what,
    look: (scene, place) =>
      looksAt(scene, place, move.measure).flatMap((look) => moved(scene, place, look, move) ?? []),
    visible: (scene, place) =>
      looksAt(scene, place, move.measure).some(
        (look) => valueAt(look, place.origin.onset, 10 * minute) !== null,
      ),
  };
}

/** The signal stays where it always is, although it could be seen. */
export function signalCalm(move: Move, weight: number, what: string): Expectation {
  return {
    group: 'signal',
    weight,
    what,
    look: (scene, place) =>
      looksAt(scene, place, move.measure).flatMap((look) => {
        const value = valueAt(look, place.origin.onset - 2_000);
        if (value === null || moved(scene, place, look, { ...move, z: move.z / 2 })) return [];
        const at = place.origin.onset - 2_000;
        return [
          { strength: 1, evidence: [signalEvidence(look.window, at, value, scene.plant, scene.systems)] },
        ];
      }),
  };
}

/** The machine at the place came to stand in one of these ways. */
export function standIs(kinds: readonly StandKind[], weight: number, what: string): Expectation {
  return {
    group: 'place',
    weight,
    what,
    look: (scene, { origin: { stand } }) =>
      stand && kinds.includes(stand.kind) ? [finding(scene, [stand.span.record])] : [],
  };
}

/** PackML: a fault or an emergency stop ends in Aborted, a small trouble at the machine in Held. */
export function stateIs(states: readonly string[], weight: number, what: string): Expectation {
  return {
    group: 'place',
    weight,
    what,
    look: (scene, { origin: { stand } }) =>
      stand?.spans.some(({ state }) => states.includes(state)) ? [finding(scene, [stand.span.record])] : [],
  };
}

/** A fault alarm of the machine itself came with the stop: against causes that leave machines healthy. */
export function ownFault(weight: number, except?: RegExp): Expectation {
  return {
    group: 'alarm',
    weight,
    what: 'an alarm of the machine itself',
    look(scene, place) {
      const alarm = place.origin.stand?.alarms.find(
        (one) => !one.chatters && !(except && mentions(one.text, except)),
      );
      // A message or a warning is no fault (ISA-18.2: low priority is below a third of the scale).
      return alarm ? [finding(scene, [alarm.record], alarm.severity < 334 ? 0.25 : 1)] : [];
    },
  };
}

/** Anything else that records can show; `look` returns what it found. */
export const shows = (
  group: Group,
  weight: number,
  what: string,
  look: Expectation['look'],
  more: Pick<Expectation, 'missing' | 'needs' | 'visible'> = {},
): Expectation => ({ group, weight, what, look, ...more });

/** A counter tells by how fast it grows: at least eight pieces and three times the pace up to ten minutes before. */
export function rejectsRise(weight: number, missing: number): Expectation {
  const rise = (scene: Scene, place: Place, look: Look): Finding | null => {
    const { onset } = place.origin;
    const first = look.window.points[0];
    // Counters are told when they change: an old value still holds.
    const at = (minutes: number): number | null => valueAt(look, onset - minutes * minute, 60 * minute);
    const [recent, before, now] = [at(8), at(10), at(0)];
    if (!first || recent === null || before === null || now === null) return null;
    const earlierMinutes = (onset - 10 * minute - first[0]) / minute;
    if (earlierMinutes < 4 || now - recent < 8) return null;
    const pace = (now - recent) / 8;
    const usual = Math.max((before - first[1]) / earlierMinutes, 0.1);
    if (pace < 3 * usual) return null;
    const evidence = signalEvidence(look.window, onset, now, scene.plant, scene.systems);
    return { strength: Math.min(1, pace / (6 * usual)), evidence: [evidence] };
  };
  return {
    group: 'signal',
    weight,
    missing,
    what: 'more rejects than before',
    look: (scene, place) =>
      looksAt(scene, place, 'rejects').flatMap((look) => rise(scene, place, look) ?? []),
    visible: (scene, place) =>
      looksAt(scene, place, 'rejects').some(
        (look) => valueAt(look, place.origin.onset, 10 * minute) !== null,
      ),
  };
}
