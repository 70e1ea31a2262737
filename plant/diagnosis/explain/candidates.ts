import type { Evidence } from '../../evidence.ts';
import type { Candidate } from '../diagnosis.ts';
import type { Scene } from '../scene.ts';
import { leadOf } from '../weigh/abstain.ts';
import type { Ranking, Scored } from '../weigh/weigh.ts';
import { ids, most, wordsFor } from './cited.ts';

/** So many of the likeliest are shown, and from how many places. */
const shown = { likeliest: 5, places: 3 };

/**
 * What is shown of what was tried: the likeliest, and the likeliest of other places until there are three, so that one
 * machine's many causes do not hide where else it may have begun.
 */
export function leading(scored: readonly Scored[]): Scored[] {
  const found = scored.slice(0, shown.likeliest);
  for (const one of scored.slice(shown.likeliest)) {
    const places = new Set(found.map(({ place }) => place.id));
    if (places.size >= shown.places) break;
    if (!places.has(one.place.id)) found.push(one);
  }
  return found;
}

/** The leading causes and the two that no catalogue holds, the one that is `told` first. `place`, `path`: where these two would lie. */
export function candidatesOf(
  scene: Scene,
  leaders: readonly Scored[],
  { scored, other, unknown, odd }: Ranking,
  told: string | null,
  place: string,
  path: readonly Evidence[],
): Candidate[] {
  const beside = (told === null && leadOf(scored)?.beside) || [];
  const known = leaders.map((one): Candidate => ({
    cause: one.cause.id,
    class: one.cause.class,
    place: one.place.id,
    p: one.p,
    for: ids(one.for).slice(0, most.for),
    against: ids(one.against).slice(0, most.against),
    words: wordsFor(scene, one),
    ...(beside.includes(one) ? { beside: true } : {}),
  }));
  const fixed = (cause: string, p: number, words: string, seen: readonly Evidence[]): Candidate => ({
    cause,
    class: null,
    place,
    p,
    for: ids(seen).slice(0, most.for),
    against: [],
    words,
  });
  const all = [
    ...known,
    fixed('other', other, 'none of the causes known here', [...(odd?.evidence ?? []), ...path]),
    fixed('unknown', unknown, 'not enough evidence', path),
  ].sort((a, b) => b.p - a.p);
  return [...all.filter(({ cause }) => cause === told), ...all.filter(({ cause }) => cause !== told)];
}
