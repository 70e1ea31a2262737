import type { PlantRecord } from '../../record.ts';
import type { Millis } from '../../time.ts';
import type { AlarmSpan } from '../records/alarms.ts';
import { isMessage } from '../records/alarms.ts';
import type { Expectation, Sighting, Group, Place } from '../causes/cause.ts';
import type { Origin } from '../localise/origin.ts';
import { once } from '../records/once.ts';
import { evidenceOf } from '../records/says.ts';
import type { Scene } from '../scene.ts';
import type { StandKind } from '../localise/stands.ts';
import { timeOf } from '../records/timeline.ts';
import { mentions, folded, saysNothing } from '../records/words.ts';

const minute = 60_000;

const evidenceIn = once(({ plant, systems }: Scene) =>
  once((record: PlantRecord) => evidenceOf(record, plant, systems)),
);

/** Trust in one record by its quality. */
export const sighting = (scene: Scene, records: readonly PlantRecord[], strength = 1): Sighting => ({
  strength: strength * (records.some(({ quality }) => quality === 'uncertain') ? 0.5 : 1),
  evidence: records.map(evidenceIn(scene)),
});

/** 1 from `beforeMs` before the onset to `afterMs` after it, falling to a third within the same time again. */
export function near(at: Millis, onset: Millis, beforeMs: number, afterMs: number): number {
  if (at < onset - beforeMs) return Math.exp(-(onset - beforeMs - at) / Math.max(beforeMs, minute));
  if (at > onset + afterMs) return Math.exp(-(at - onset - afterMs) / Math.max(afterMs / 2, minute));
  return 1;
}

const machinesOf = once(({ kind, entry, hit }: Origin): readonly string[] =>
  kind === 'line' ? [entry] : [...new Set([entry, ...hit])],
);

/** The machines of a place whose alarms and signals count: all that it hit at once; of a line that was told to stop, the first. */
export const machinesAt = ({ origin }: Place): readonly string[] => machinesOf(origin);

export const concerns = (place: Place, equipment: string): boolean =>
  equipment === place.id || machinesAt(place).includes(equipment);

/** Told of the machine at the place, or of the line as a whole. */
export const atMachine = (scene: Scene, { origin }: Place, equipment: string | null): boolean =>
  equipment === origin.entry || equipment === null || equipment === scene.line.id;

const alarmsOf = once((scene: Scene) =>
  once((origin: Origin) => scene.alarms.filter(({ equipment }) => machinesOf(origin).includes(equipment))),
);

/** What was said at a place: asked by every cause that alarms speak for, and looked for once. */
const alarmsAt = (scene: Scene, place: Place): readonly AlarmSpan[] => {
  const found = alarmsOf(scene)(place.origin);
  if (machinesAt(place).includes(place.id)) return found;
  const own = scene.alarms.filter(({ equipment }) => equipment === place.id);
  return own.length === 0 ? found : [...found, ...own];
};

/** An alarm that came up to an hour before and still stood at the stop: a warning that nobody followed. */
const standingMs = 60 * minute;
/** A chattering alarm that comes with the stop and stays on is no chatter this time. */
const staysOnMs = 60_000;

/** An alarm that comes far more often than its machine stood: it follows something else than the stops. */
function restless(alarm: AlarmSpan, scene: Scene, { origin }: Place): boolean {
  if (alarm.equipment !== origin.entry) return false;
  const since = origin.onset - 30 * minute;
  const comings = scene.alarms.filter(
    (one) => one.equipment === alarm.equipment && one.alarm === alarm.alarm && one.from >= since,
  ).length;
  if (comings < 4) return false;
  const stands = scene.floor.stands.get(origin.entry) ?? [];
  const halts = stands.reduce(
    (sum, { spans }) =>
      sum + Math.max(1, spans.filter(({ state }) => state === 'Held' || state === 'Aborted').length),
    0,
  );
  return comings > 2 * halts + 1;
}

/** How much an alarm says about this stop: stale and chattering ones little, the first of a machine most. */
export function alarmStrength(alarm: AlarmSpan, scene: Scene, place: Place): number {
  const { onset, stand } = place.origin;
  const tolerance = scene.clocks.tolerance;
  // Warnings (low level, rising temperature) come up to ten minutes earlier; what is older is a standing alarm.
  const early = alarm.from < onset - 10 * minute - tolerance;
  const late = alarm.from > Math.min(scene.end, onset + 3 * minute) + tolerance;
  if (late || (early && (alarm.to < onset - tolerance || alarm.from < onset - standingMs))) return 0;
  const first = stand?.alarms.find((one) => !one.chatters && one.from >= onset - 30_000 - tolerance);
  const consequence = first !== undefined && alarm.from > first.from + 500;
  // What came and went while the machine ran on did not stop it.
  const before = alarm.to < onset - tolerance || (stand !== null && alarm.to < stand.from - 10_000);
  const came = Math.abs(alarm.from - (stand?.from ?? onset)) < 15_000;
  const chatters =
    (alarm.chatters || restless(alarm, scene, place)) && !(came && alarm.to - alarm.from >= staysOnMs);
  return (chatters ? 0.25 : 1) * (consequence ? 0.5 : 1) * (before ? 0.4 : 1) * (early ? 0.5 : 1);
}

/** "Gearbox overheated" names a drive and heat: where the closer word is another cause's, the wider one counts little. */
const widerWord = 0.3;
/** Words of another cause: a cue, or what a text has to say and not to say. */
type Nearer = RegExp | ((text: string) => boolean);
const speaks = (text: string, one: Nearer): boolean =>
  one instanceof RegExp ? mentions(text, one) : one(text);

/**
 * An alarm at the place, or the state's own reason text, says one of these words. `except`: words of a closer
 * cause that take the text for themselves.
 */
export function alarmSays(
  cue: RegExp,
  weight: number,
  what: string,
  missing = 0.8,
  except: readonly Nearer[] = [],
): Expectation {
  const clear = (text: string): number => (except.some((one) => speaks(text, one)) ? widerWord : 1);
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
      const found = alarmsAt(scene, place)
        .filter(({ text }) => mentions(text, cue))
        .map((alarm) =>
          sighting(scene, [alarm.record], alarmStrength(alarm, scene, place) * clear(alarm.text)),
        );
      const stand = place.origin.stand;
      // "EStop" is how some controls call every abort: an alarm that names something else is nearer to it.
      const named = stand?.alarms.find((alarm) => !alarm.chatters && !saysNothing(alarm.text));
      const trust = named && !mentions(named.text, cue) ? 0.4 : 0.9;
      const reasons = (stand?.spans.slice(0, 4) ?? [])
        .filter(({ raw }) => mentions(folded(raw), cue))
        .map(({ record, raw }) => sighting(scene, [record], trust * clear(folded(raw))));
      return [...found, ...reasons];
    },
  };
}

/** What people wrote in or after the stop. */
export const notesOf = once((scene: Scene) =>
  scene.all('note').filter((note) => {
    const at = timeOf(note);
    return at >= scene.from - 30 * minute && at <= scene.end + 90 * minute;
  }),
);

/** What people wrote in or after the stop: weak, and never alone. */
export function noteSays(cue: RegExp, weight = 1): Expectation {
  return {
    group: 'note',
    weight: Math.min(1, weight),
    what: 'a note about it',
    look(scene, place) {
      return notesOf(scene)
        .filter((note) => mentions(folded(note.text), cue))
        .map((note) => {
          const elsewhere =
            note.equipment !== null && note.equipment !== scene.line.id && !concerns(place, note.equipment);
          return sighting(
            scene,
            [note],
            near(timeOf(note), scene.from, 0, 45 * minute) * (elsewhere ? 0.4 : 1),
          );
        });
    },
  };
}

/** What the MES says of the time of the stop: as it was known then first, then as it was entered later. */
export const entriesOf = once((scene: Scene) =>
  scene
    .valid('downtime_event')
    .concat(scene.all('downtime_event'))
    .filter((entry) => {
      const from = Date.parse(entry.from);
      const to = entry.to === null ? scene.end : Date.parse(entry.to);
      return from <= scene.end && to >= scene.from - minute && from >= scene.from - 10 * minute;
    }),
);

/** The reason somebody chose in the MES; about one in seven is wrong, so it weighs little more than a note. */
export function reasonSays(cue: RegExp, weight = 1.2): Expectation {
  return {
    group: 'reason',
    weight,
    what: 'a reason in the MES',
    look(scene) {
      return entriesOf(scene)
        .filter((entry) => mentions(folded(`${entry.reason ?? ''} ${entry.status}`), cue))
        .slice(0, 1)
        .map((entry) => sighting(scene, [entry]));
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
        .filter((work) => mentions(folded(work.text), cue))
        .map((work) => sighting(scene, [work], work.status === 'done' ? 0.5 : 1));
    },
  };
}

/** Alarm, note and MES reason by the same words: what most causes of a machine leave behind. */
export const wordsOf = (
  cue: RegExp,
  weight: number,
  what: string,
  missing = 0.8,
  except: readonly Nearer[] = [],
): Expectation[] => [alarmSays(cue, weight, what, missing, except), noteSays(cue), reasonSays(cue)];

/** The machine at the place came to stand in one of these ways. */
export function standIs(kinds: readonly StandKind[], weight: number, what: string): Expectation {
  return {
    group: 'place',
    weight,
    what,
    look: (scene, { origin: { stand } }) =>
      stand && kinds.includes(stand.kind) ? [sighting(scene, [stand.span.record])] : [],
  };
}

/** PackML: a fault or an emergency stop ends in Aborted, a small trouble at the machine in Held. */
export function stateIs(states: readonly string[], weight: number, what: string): Expectation {
  return {
    group: 'place',
    weight,
    what,
    look: (scene, { origin: { stand } }) =>
      stand?.spans.some(({ state }) => states.includes(state)) ? [sighting(scene, [stand.span.record])] : [],
  };
}

/** A fault alarm of the machine itself came with the stop: against causes that leave machines healthy. */
export function ownFault(weight: number, ...except: readonly RegExp[]): Expectation {
  return {
    group: 'alarm',
    weight,
    what: 'an alarm of the machine itself',
    look(scene, place) {
      const alarm = place.origin.stand?.alarms.find(
        (one) => !one.chatters && !except.some((cue) => mentions(one.text, cue)),
      );
      if (!alarm) return [];
      // A line that was told to stop did not stop for what one machine happened to say.
      const little = isMessage(alarm) || place.origin.kind === 'line';
      return [sighting(scene, [alarm.record], little ? 0.25 : 1)];
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
