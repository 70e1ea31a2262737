import { placeWords } from '../../say/en/words.ts';
import type { Evidence } from '../../evidence.ts';
import type { Cause } from '../causes/cause.ts';
import type { Diagnosis } from '../diagnosis.ts';
import type { Origin } from '../localise/origin.ts';
import type { Scene } from '../scene.ts';
import type { Verdict } from '../weigh/abstain.ts';
import { historyOf } from '../weigh/prior.ts';
import type { Root } from '../weigh/roots.ts';
import { rootsOf } from '../weigh/roots.ts';
import type { Ranking, Scored } from '../weigh/weigh.ts';
import type { Began } from './began.ts';
import { beganOf } from './began.ts';
import { leading } from './candidates.ts';
import type { Statement } from './cited.ts';
import { listed, most } from './cited.ts';
import { nextCheck } from './next-check.ts';
import { unknowns } from './open-questions.ts';
import { ruledOut } from './ruled-out.ts';
import { alsoStanding, stopClaim } from './stood.ts';

/** What there is to tell of a stop, before it is put into claims. */
export type Account = {
  verdict: Verdict;
  /** The cause that is named. */
  named: Scored | null;
  began: Began;
  roots: readonly Root[];
  /** What people confirmed of stops like this one. */
  history: string | null;
  /** Of what was tried, what is shown. */
  leaders: readonly Scored[];
  alsoStood: readonly Statement[];
  ruledOut: Diagnosis['ruled_out'];
  unknown: readonly string[];
  check: string | null;
  /** Every record that is spoken of. */
  evidence: readonly Evidence[];
};

function historyWords(scene: Scene, named: Scored): string | null {
  const found = historyOf(scene, named);
  if (!found) return null;
  const at = placeWords(scene.plant, named.place.origin.entry);
  const like = found.like === 'alarm' ? `stops of ${at} with the same first alarm` : `stops of ${at}`;
  return `${found.same} of the last ${found.of} ${like} whose cause was confirmed had this cause`;
}

/** Of two versions of a record the one that is named first is shown: what the stop and its way rest on. */
function spokenOf(scene: Scene, { scored, odd }: Ranking, told: Omit<Account, 'evidence'>): Evidence[] {
  const out = new Set(told.ruledOut.map(({ cause }) => cause));
  return listed([
    ...stopClaim(scene).evidence,
    ...told.began.path,
    ...told.leaders.flatMap((one) => [...one.for.slice(0, most.for), ...one.against.slice(0, most.against)]),
    ...scored.filter(({ cause }) => out.has(cause.id)).flatMap(({ against }) => against),
    ...told.alsoStood.flatMap(({ evidence }) => evidence),
    ...(odd?.evidence ?? []),
    ...told.roots.flatMap(({ from }) => from.for.slice(0, most.for)),
  ]);
}

export function accountOf(
  scene: Scene,
  origins: readonly Origin[],
  ranking: Ranking,
  verdict: Verdict,
  known: readonly Cause[],
): Account {
  const { scored } = ranking;
  const none = verdict.answer === 'other';
  const named = verdict.answer === 'other' ? null : verdict.answer;
  const began = beganOf(scene, origins, ranking, verdict);
  // Of these nothing is ruled out, and what they lack is what is not known.
  const likely = named ? [named] : scored.slice(0, 2);
  const told = {
    verdict,
    named,
    began,
    roots: rootsOf(scene, named, scored, known),
    history: named && historyWords(scene, named),
    leaders: leading(scored),
    alsoStood: alsoStanding(scene, began.origin),
    ruledOut: ruledOut(scene, scored, likely),
    unknown: unknowns(scene, began.origin, likely),
    check: nextCheck(scene, ranking, { place: began.place, settled: named !== null, none }),
  };
  return { ...told, evidence: spokenOf(scene, ranking, told) };
}
