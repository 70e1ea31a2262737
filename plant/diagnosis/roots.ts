import type { PlantRecord } from '../record.ts';
import { iso } from '../time.ts';
import { decide, limits } from './abstain.ts';
import type { Cause } from './cause.ts';
import { ids } from './cited.ts';
import type { RootCause } from './diagnosis.ts';
import { hypotheses } from './hypothesis.ts';
import { laterOrigins } from './later.ts';
import type { Scene } from './scene.ts';
import { rank } from './score.ts';
import { evidenceId } from './stop-case.ts';
import type { Scored } from './score.ts';

/** One thing that went wrong, with the records behind it. */
export type Root = { root: RootCause; from: Scored };

const rootOf = (from: Scored, at: number): Root => {
  const { cause, place, p, for: cited } = from;
  const evidence = ids(cited.slice(0, 8));
  return { root: { place: place.id, cause: cause.id, class: cause.class, at: iso(at), p, evidence }, from };
};

/** What people say and what the machine reports shows that it stands, not why it stands on. */
const ofTheStop: ReadonlySet<string> = new Set(['note', 'alarm', 'downtime_event', 'state', 'signal']);

/**
 * What kept the line standing at the same place once it stood: such a cause takes nothing from the one that stopped
 * it, so it is told beside that one where a record of its own shows it. It begins with the first such record.
 */
function sequelOf(scene: Scene, named: Scored, scored: readonly Scored[]): Root[] {
  if (named.cause.sequel) return [];
  const { onset, entry } = named.place.origin;
  return scored
    .filter(
      ({ cause, place }) => cause.sequel && (place.id === named.place.id || place.origin.entry === entry),
    )
    .filter((one) => one.for.some(({ kind }) => !ofTheStop.has(kind)))
    .slice(0, 1)
    .map((one) => {
      const own = one.for.filter(({ kind }) => !ofTheStop.has(kind)).map(({ id }) => id);
      const times = (scene.all('maintenance') as readonly PlantRecord[])
        .concat(scene.all('crew'))
        .filter((record) => own.includes(evidenceId(record)))
        .map((record) => Date.parse((record.kind === 'maintenance' && record.requested) || record.at))
        .filter((at) => at >= onset);
      return rootOf(one, times.length > 0 ? Math.min(...times) : onset);
    });
}

/** That it is a second thing is known; one source is enough to say which. */
const lesser = { ...limits, p: 0.4, sources: 1 };

/** What went wrong elsewhere, or anew, before the first was over, and outlasted it: looked for like the first. */
const laterRoots = (scene: Scene, named: Scored, known: readonly Cause[]): Root[] =>
  laterOrigins(scene, named.place.origin).flatMap((later) => {
    // The machine stood already: what its values did meanwhile is no sign of why it stands on.
    const then = { ...later.scene, looks: [] };
    const ranking = rank(then, hypotheses(then, later.origins, known), later.origins);
    const { answer } = decide(ranking, later.origins, lesser);
    if (answer === null || answer === 'other') return [];
    return answer.cause.id === named.cause.id ? [] : [rootOf(answer, later.from)];
  });

/** Everything that went wrong, oldest first; empty where no cause is named. */
export function rootsOf(
  scene: Scene,
  named: Scored | null,
  scored: readonly Scored[],
  known: readonly Cause[],
): Root[] {
  if (!named) return [];
  const first = rootOf(named, Math.min(named.place.origin.onset, scene.from));
  const more = [...sequelOf(scene, named, scored), ...laterRoots(scene, named, known)];
  return [first, ...more].sort((a, b) => Date.parse(a.root.at) - Date.parse(b.root.at)).slice(0, 3);
}
