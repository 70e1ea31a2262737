import type { Utility } from '../../equipment.ts';
import type { Millis } from '../../time.ts';
import type { Measure } from '../records/measure.ts';
import type { Signal } from '../records/signals.ts';
import type { Scene } from '../scene.ts';
import { once } from '../records/once.ts';
import { timeOf } from '../records/timeline.ts';
import { mentions, folded } from '../records/words.ts';
import { air, cooling, dispatch, notReady, power, shortage, upstream } from '../cues/concepts.ts';

/** What people write where nothing comes, or nothing can leave. */
export const failsToCome = [upstream, notReady, shortage, dispatch];

const minute = 60_000;

/** What plants call by another kind: ammonia, brine and glycol cool, whatever the list says they are. */
const byName: readonly [Utility['kind'], RegExp][] = [
  ['chilled_water', cooling],
  ['compressed_air', air],
  ['power', power],
];
const told: ReadonlySet<Utility['kind']> = new Set([
  'compressed_air',
  'power',
  'chilled_water',
  'steam',
  'vacuum',
]);

/** What a utility does for its machines: by its kind, else by its names. */
export function kindOfUtility({ kind, id, name, aliases }: Utility): Utility['kind'] {
  if (told.has(kind)) return kind;
  const words = folded([id, name, ...aliases].join(' '));
  return byName.find(([, cue]) => mentions(words, cue))?.[0] ?? kind;
}

/** What it is fed with; how much flows and what its motors draw follows from who takes it. */
const measures: ReadonlySet<Measure> = new Set(['pressure', 'temperature', 'voltage', 'level']);
/** Eight robust standard deviations and a twelfth of the usual, over this long: the supply itself has gone. */
const far = { z: 8, share: 0.08, ms: 20_000 };
/** A value that came back longer ago than this did not stop the line: sources tell once a minute. */
const stillMs = 2 * minute;

/** The value of a utility that left what is usual, as it was farthest off. */
type Failing = { signal: Signal; at: Millis; value: number };

/** Within a quarter of an hour before the line stood, and still as it did. */
function left(scene: Scene, signal: Signal): Failing | null {
  const off = (value: number): number => Math.abs(value - signal.usual);
  const beyond = signal.window.points.filter(
    ([at, value]) =>
      at >= scene.from - 15 * minute &&
      at <= scene.from + 5_000 &&
      off(value) > far.z * signal.scale &&
      off(value) > far.share * Math.abs(signal.usual),
  );
  const [first, last] = [beyond[0], beyond.at(-1)];
  if (!first || !last || last[0] - first[0] < far.ms || last[0] < scene.from - stillMs) return null;
  const [at, value] = beyond.reduce((most, point) => (off(point[1]) > off(most[1]) ? point : most));
  return { signal, at, value };
}

/** Utilities whose own measured value left what is usual for it before the line stood. */
export const failingOf: (scene: Scene) => ReadonlyMap<string, Failing> = once((scene) => {
  const ours = new Set(scene.plant.utilities.map(({ id }) => id));
  const found = new Map<string, Failing>();
  for (const signal of scene.signals) {
    const { equipment } = signal.window;
    if (!ours.has(equipment) || !measures.has(signal.measure) || found.has(equipment)) continue;
    const failing = left(scene, signal);
    if (failing) found.set(equipment, failing);
  }
  return found;
});

/** Places off the line, such as a supply point, of which somebody wrote that they did not deliver or take. */
export const toldOf = (scene: Scene): ReadonlySet<string> => {
  const places = new Set(scene.flow.portals.map(({ id }) => id));
  return new Set(
    scene
      .all('note')
      .filter((note) => timeOf(note) >= scene.from - 30 * minute && timeOf(note) <= scene.end + 30 * minute)
      .filter(({ text }) => failsToCome.some((cue) => mentions(folded(text), cue)))
      .flatMap(({ equipment }) => (equipment !== null && places.has(equipment) ? [equipment] : [])),
  );
};
