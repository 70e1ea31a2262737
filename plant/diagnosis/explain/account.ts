import { placeWords } from '../../say/en/words.ts';
import type { Evidence } from '../../evidence.ts';
import type { Cause } from '../causes/cause.ts';
import type { Diagnosis } from '../diagnosis.ts';
import { localAt } from '../../say/local-time.ts';
import { iso } from '../../time.ts';
import type { Origin } from '../localise/origin.ts';
import type { Scene } from '../scene.ts';
import type { ConfirmedCause } from '../stop-case.ts';
import { confirmedKind, confirmedSource, evidenceId } from '../stop-case.ts';
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

/** What people confirmed of stops like this one, and each of their confirmations. */
type History = { words: string; evidence: readonly Evidence[] };

/** What there is to tell of a stop, before it is put into claims. */
export type Account = {
  verdict: Verdict;
  /** The cause that is named. */
  named: Scored | null;
  began: Began;
  roots: readonly Root[];
  /** What people confirmed of stops like this one. */
  history: History | null;
  /** Of what was tried, what is shown. */
  leaders: readonly Scored[];
  alsoStood: readonly Statement[];
  ruledOut: Diagnosis['ruled_out'];
  unknown: readonly string[];
  check: string | null;
  /** Every record that is spoken of. */
  evidence: readonly Evidence[];
};

/** That a person confirmed this cause for an earlier stop. */
function confirmation(
  { plant, case: { now } }: Scene,
  one: ConfirmedCause,
  known: readonly Cause[],
): Evidence[] {
  if (one.stop === undefined) return [];
  const at = placeWords(plant, one.machine ?? one.line);
  const words = known.find(({ id }) => id === one.cause)?.words(at) ?? `${one.cause} at ${at}`;
  const told = { source: confirmedSource, kind: confirmedKind };
  return [
    {
      ...told,
      id: evidenceId({ ...told, key: one.stop }),
      system: 'Andon',
      equipment: one.machine ?? one.line,
      at: iso(one.at),
      says: `${words}, confirmed for the stop ${localAt(one.at, plant.timezone, now)}`,
      quality: 'good',
    },
  ];
}

function historyWords(scene: Scene, named: Scored, known: readonly Cause[]): History | null {
  const found = historyOf(scene, named);
  if (!found) return null;
  const { same, last, like } = found;
  const stops = `stops of ${placeWords(scene.plant, named.place.origin.entry)}`;
  const such = like === 'alarm' ? `${stops} with the same first alarm` : stops;
  return {
    words: `${same} of the last ${last.length} ${such} whose cause was confirmed had this cause`,
    evidence: last.flatMap((one) => confirmation(scene, one, known)),
  };
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
    ...(told.history?.evidence ?? []),
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
    history: named && historyWords(scene, named, known),
    leaders: leading(scored),
    alsoStood: alsoStanding(scene, began.origin),
    ruledOut: ruledOut(scene, scored, likely),
    unknown: unknowns(scene, began.origin, likely),
    check: nextCheck(scene, ranking, { place: began.place, settled: named !== null, none }),
  };
  return { ...told, evidence: spokenOf(scene, ranking, told) };
}
