import type { Expectation, Place } from '../causes/cause.ts';
import type { Origin } from '../localise/origin.ts';
import type { AlarmSpan } from '../records/alarms.ts';
import { isMessage } from '../records/alarms.ts';
import { once } from '../records/once.ts';
import { folded, mentions, saysNothing } from '../records/words.ts';
import type { Scene } from '../scene.ts';
import { machinesAt, sighting } from './expect.ts';

const minute = 60_000;

/**
 * What is left of the word of an alarm, as shares of 1 that multiply. Each set to 1 alone changes at most 3 of the 612
 * causes that are named of 893 training stops.
 */
const strengths = {
  /** It comes and goes all the time, and would have come without this stop. */
  chatters: 0.25,
  /** It followed another one of its machine: rather what that one led to. */
  consequence: 0.5,
  /** It went while the machine still ran on. */
  before: 0.4,
  /** It stood for long before: a warning that nobody followed. */
  early: 0.5,
  /** "Gearbox overheated" names a drive and heat: where the closer word is another cause's, the wider one counts little. */
  widerWord: 0.3,
  /** The text of the state itself: nearly an alarm. */
  state: 0.9,
  /** "EStop" is how some controls call every abort: an alarm that names something else is nearer to it. */
  stateBesideAlarm: 0.4,
  /** A message, or an alarm where a line was told to stop: it did not stop for what one machine happened to say. */
  message: 0.25,
};

/** When an alarm counts, from the moment its machine stood; ms. */
const times = {
  /** Warnings (low level, rising temperature) come so early; what is older is a standing alarm. */
  warns: 10 * minute,
  /** A standing alarm counts where it came at most this long before. */
  stands: 60 * minute,
  /** What comes later than this is about the stand, not about the stop. */
  late: 3 * minute,
  /** The first alarm of a stand comes at most this long before it. */
  first: 30_000,
  /** Alarms of one fault are written within one scan of the control. */
  scan: 500,
  /** It was gone this long before the machine stood: it ran on without it. */
  gone: 10_000,
  /** It came with the stand. */
  came: 15_000,
  /** A chattering alarm that comes with the stop and stays on this long is no chatter this time. */
  staysOn: minute,
  /** How far back its comings are counted beside the stands of its machine, and from how many on. */
  counted: 30 * minute,
};
const comesOften = 4;

const alarmsOf = once((scene: Scene) =>
  once((origin: Origin) =>
    scene.alarms.filter(({ equipment }) => machinesAt({ origin }).includes(equipment)),
  ),
);

/** What was said at a place: asked by every cause that alarms speak for, and looked for once. */
const alarmsAt = (scene: Scene, place: Place): readonly AlarmSpan[] => {
  const found = alarmsOf(scene)(place.origin);
  if (machinesAt(place).includes(place.id)) return found;
  const own = scene.alarms.filter(({ equipment }) => equipment === place.id);
  return own.length === 0 ? found : [...found, ...own];
};

/** An alarm that comes far more often than its machine stood: it follows something else than the stops. */
function restless(alarm: AlarmSpan, scene: Scene, { origin }: Place): boolean {
  if (alarm.equipment !== origin.entry) return false;
  const since = origin.onset - times.counted;
  const comings = scene.alarms.filter(
    (one) => one.equipment === alarm.equipment && one.alarm === alarm.alarm && one.from >= since,
  ).length;
  if (comings < comesOften) return false;
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
  const early = alarm.from < onset - times.warns - tolerance;
  const late = alarm.from > Math.min(scene.end, onset + times.late) + tolerance;
  if (late || (early && (alarm.to < onset - tolerance || alarm.from < onset - times.stands))) return 0;
  const first = stand?.alarms.find((one) => !one.chatters && one.from >= onset - times.first - tolerance);
  const consequence = first !== undefined && alarm.from > first.from + times.scan;
  const before = alarm.to < onset - tolerance || (stand !== null && alarm.to < stand.from - times.gone);
  const came = Math.abs(alarm.from - (stand?.from ?? onset)) < times.came;
  const chatters =
    (alarm.chatters || restless(alarm, scene, place)) && !(came && alarm.to - alarm.from >= times.staysOn);
  return (
    (chatters ? strengths.chatters : 1) *
    (consequence ? strengths.consequence : 1) *
    (before ? strengths.before : 1) *
    (early ? strengths.early : 1)
  );
}

/** Words of another cause: a cue, or what a text has to say and not to say. */
export type Nearer = RegExp | ((text: string) => boolean);
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
  const clear = (text: string): number => (except.some((one) => speaks(text, one)) ? strengths.widerWord : 1);
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
      const named = stand?.alarms.find((alarm) => !alarm.chatters && !saysNothing(alarm.text));
      const trust = named && !mentions(named.text, cue) ? strengths.stateBesideAlarm : strengths.state;
      const states = (stand?.spans.slice(0, 4) ?? [])
        .filter(({ raw }) => mentions(folded(raw), cue))
        .map(({ record, raw }) => sighting(scene, [record], trust * clear(folded(raw))));
      return [...found, ...states];
    },
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
      const little = isMessage(alarm) || place.origin.kind === 'line';
      return [sighting(scene, [alarm.record], little ? strengths.message : 1)];
    },
  };
}
