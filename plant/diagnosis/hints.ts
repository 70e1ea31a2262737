import type { Utility } from '../equipment.ts';
import type { Look } from './looks.ts';
import type { Scene } from './scene.ts';
import { timeOf } from './timeline.ts';
import { mentions, plainText } from './words.ts';
import { air, cooling, power } from './cues/utilities-words.ts';

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
  const words = plainText([id, name, ...aliases].join(' '));
  return byName.find(([, cue]) => mentions(words, cue))?.[0] ?? kind;
}

/** What it is fed with; how much flows and what its motors draw follows from who takes it. */
const measures: ReadonlySet<Look['measure']> = new Set(['pressure', 'temperature', 'voltage', 'level']);
/** Eight robust standard deviations and a twelfth of the usual for twenty seconds: the supply itself has gone. */
const far = { z: 8, share: 0.08, samples: 2 };

/** Up to a quarter of an hour before the line stood, and as it did. */
function left(scene: Scene, look: Look): boolean {
  const beyond = look.window.points.filter(([at, value]) => {
    const off = Math.abs(value - look.usual);
    return (
      at >= scene.from - 15 * minute &&
      at <= scene.from + 5_000 &&
      off > far.z * look.scale &&
      off > far.share * Math.abs(look.usual)
    );
  });
  const last = beyond.at(-1);
  return beyond.length >= far.samples && last !== undefined && last[0] >= scene.from - 10 * minute;
}

const reckoned = new WeakMap<Scene, ReadonlySet<string>>();

/** Utilities whose own measured value left what is usual for it before the line stood. */
export function failingOf(scene: Scene): ReadonlySet<string> {
  let found = reckoned.get(scene);
  if (!found) {
    const ours = new Set(scene.plant.utilities.map(({ id }) => id));
    found = new Set(
      scene.looks
        .filter(({ window, measure }) => ours.has(window.equipment) && measures.has(measure))
        .filter((look) => left(scene, look))
        .map(({ window }) => window.equipment),
    );
    reckoned.set(scene, found);
  }
  return found;
}

/** Places off the line, such as a supply point, of which somebody wrote while the line stood. */
export const toldOf = (scene: Scene): ReadonlySet<string> => {
  const places = new Set(scene.flow.portals.map(({ id }) => id));
  return new Set(
    scene
      .all('note')
      .filter((note) => timeOf(note) >= scene.from - 30 * minute && timeOf(note) <= scene.end + 30 * minute)
      .flatMap(({ equipment }) => (equipment !== null && places.has(equipment) ? [equipment] : [])),
  );
};
