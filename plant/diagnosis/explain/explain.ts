import type { Cause } from '../causes/cause.ts';
import type { Diagnosis } from '../diagnosis.ts';
import type { Origin } from '../localise/origin.ts';
import type { Scene } from '../scene.ts';
import type { Verdict } from '../weigh/abstain.ts';
import { firstAlarms } from '../weigh/prior.ts';
import type { Ranking } from '../weigh/weigh.ts';
import { accountOf } from './account.ts';
import { candidatesOf } from './candidates.ts';
import { claimsOf } from './cited.ts';
import { completenessOf } from './completeness.ts';
import { statementsOf } from './statements.ts';

/** The share of what is told: of the cause that is named, of "other", else of the likeliest. */
const shareOf = ({ scored, other }: Ranking, { answer }: Verdict): number =>
  answer === 'other' ? other : ((answer ?? scored[0])?.p ?? 0);

/** The diagnosis of a stop that was not planned. */
export function explain(
  scene: Scene,
  origins: readonly Origin[],
  ranking: Ranking,
  verdict: Verdict,
  known: readonly Cause[],
): Diagnosis {
  const account = accountOf(scene, origins, ranking, verdict, known);
  const { began, named, leaders, history, evidence } = account;
  const { place, path, chain } = began;
  const abstained = verdict.answer === null;
  const cause = named?.cause.id ?? (abstained ? 'unknown' : 'other');
  const likeliest = origins[0]?.place ?? scene.line.id;
  return {
    stop: scene.case.stop,
    planned: false,
    machine: place !== null && scene.flow.machines.includes(place) ? place : null,
    place,
    cause,
    class: named?.cause.class ?? null,
    p: shareOf(ranking, verdict),
    chain,
    roots: account.roots.map(({ root }) => root),
    first_alarms: firstAlarms(scene),
    ...(history === null ? {} : { history: history.words }),
    ruled_out: account.ruledOut,
    unknown: [...account.unknown],
    next_check: account.check,
    abstained,
    candidates: candidatesOf(scene, leaders, ranking, abstained ? null : cause, likeliest, path),
    claims: claimsOf(statementsOf(scene, account)),
    evidence: [...evidence],
    completeness: completenessOf(scene),
  };
}
