import type { Ballot } from '../weigh/ballot.ts';
import type { Group } from '../causes/cause.ts';
import { ids, wordsFor } from './cited.ts';
import type { Diagnosis } from '../diagnosis.ts';
import type { Scene } from '../scene.ts';
import type { Scored } from '../weigh/weigh.ts';

/** Sources that were asked and said no, so that it is worth saying; that nothing was planned is not. */
const checked: ReadonlySet<Group> = new Set(['erp', 'crew', 'quality', 'signal', 'system']);

/** That a machine had another alarm, how it stood, or that somebody wrote something else, rules nothing out. */
const hearsay: ReadonlySet<Group> = new Set(['alarm', 'note', 'reason', 'mes', 'place']);

/** A record rules a cause out from this on, or the silence of a source that would know; log-odds. */
const against = 1.2;
/** Above this share a cause is possible yet. */
const possible = 0.05;

/** The record that cannot be if the cause were true. Who was there speaks about causes of people alone. */
const contradiction = ({ doubts, cause }: Scored): Ballot['doubts'][number] | undefined =>
  doubts.find(
    ({ expected: { group }, weight }) =>
      weight <= -against && !hearsay.has(group) && (group !== 'crew' || cause.class === 'people'),
  );

/** Causes that people would think of and that the records speak against, the ones with some support first. */
export function ruledOut(
  scene: Scene,
  scored: readonly Scored[],
  leaders: readonly Scored[],
): Diagnosis['ruled_out'] {
  const named = new Set(leaders.map(({ cause }) => cause.id));
  const found: (Diagnosis['ruled_out'][number] & { weight: number })[] = [];
  for (const one of scored) {
    if (named.has(one.cause.id) || one.p > possible) continue;
    named.add(one.cause.id);
    const silent = one.missing.toSorted((a, b) => (b.missing ?? 0) - (a.missing ?? 0))[0];
    const doubt = contradiction(one);
    // What people would suspect there: something else speaks for it, or it is asked about every stop.
    const hinted = [...one.groups].some(([group, points]) => group !== 'place' && points > 0.3);
    const supported = hinted || one.for.some(({ kind }) => kind !== 'state') ? 1 : 0;
    const words = wordsFor(scene, one);
    if (doubt && (supported || checked.has(doubt.expected.group)))
      found.push({
        cause: one.cause.id,
        words,
        because: `the records show ${doubt.expected.what}`,
        evidence: ids(doubt.evidence).slice(0, 3),
        weight: one.p + supported,
      });
    else if (
      silent &&
      (silent.missing ?? 0) >= against &&
      silent.group !== 'plan' &&
      (supported || checked.has(silent.group))
    )
      found.push({
        cause: one.cause.id,
        words,
        // It would have been seen: nothing else is ruled out for silence.
        because: `no sign of ${silent.what}`,
        evidence: [],
        weight: one.p + supported,
      });
  }
  return found
    .sort((a, b) => b.weight - a.weight || (a.cause < b.cause ? -1 : 1))
    .slice(0, 3)
    .map(({ cause, words, because, evidence }) => ({ cause, words, because, evidence }));
}
