import type { Evidence } from '../../evidence.ts';
import { localAt } from '../../say/local-time.ts';
import { placeWords } from '../../say/en/words.ts';
import type { Verdict } from '../weigh/abstain.ts';
import type { Cause } from '../causes/cause.ts';
import { chainOf } from './chain.ts';
import { claimsOf, ids, listed, wordsFor } from './cited.ts';
import type { Statement } from './cited.ts';
import { completenessOf } from './completeness.ts';
import type { Candidate, ChainStep, Diagnosis } from '../diagnosis.ts';
import type { Origin } from '../localise/origin.ts';
import { firstAlarms, historyOf } from '../weigh/prior.ts';
import { nextCheck } from './next-check.ts';
import { unknowns } from './open-questions.ts';
import { rootsOf } from '../weigh/roots.ts';
import type { Root } from '../weigh/roots.ts';
import { ruledOut } from './ruled-out.ts';
import { evidenceOf } from '../records/says.ts';
import type { Scene } from '../scene.ts';
import type { Ranking, Scored } from '../weigh/score.ts';
import { alsoStanding, chainClaims, stopClaim } from './statements.ts';

/** Where it began, as far as that is clear, and the origin whose way through the line is told. */
function placeOf(
  origins: readonly Origin[],
  { scored, other, unknown, odd }: Ranking,
  { answer }: Verdict,
): { place: string | null; origin: Origin | null } {
  if (answer === 'other' && odd) {
    const { kind, place, seed } = odd.origin;
    // What is not known lies where the machine stood, not with what may have come to it.
    return { place: kind === 'machine' ? seed.machine : place, origin: odd.origin };
  }
  const [likeliest] = origins;
  const local = likeliest && likeliest.p >= 0.5 ? likeliest : null;
  const [top] = scored;
  const known = 1 - other - unknown;
  const sameplace = scored.filter((one) => one.place.id === top?.place.id);
  const share = sameplace.reduce((sum, { p }) => sum + p, 0) / (known > 0 ? known : 1);
  // Without a cause the place is still told where most causes that fit lie there.
  const leading = answer === 'other' ? null : (answer ?? (top && share >= 0.6 ? top : null));
  return leading
    ? { place: leading.place.id, origin: leading.place.origin }
    : { place: local?.place ?? null, origin: local };
}

function candidatesOf(
  scene: Scene,
  { scored, other, unknown, odd }: Ranking,
  named: string | null,
  place: string,
  path: readonly Evidence[],
): Candidate[] {
  const known = scored.map((one) => ({
    cause: one.cause.id,
    class: one.cause.class,
    place: one.place.id,
    p: one.p,
    for: ids(one.for).slice(0, 8),
    against: ids(one.against).slice(0, 6),
    words: wordsFor(scene, one),
  }));
  const unexplained = odd?.evidence ?? [];
  const fixed = (cause: string, p: number, words: string, seen = path): Candidate => ({
    cause,
    class: null,
    place,
    p,
    for: ids(seen).slice(0, 8),
    against: [],
    words,
  });
  const all = [
    ...known,
    fixed('other', other, 'none of the causes known here', [...unexplained, ...path]),
    fixed('unknown', unknown, 'not enough evidence'),
  ].sort((a, b) => b.p - a.p);
  // The cause that is named stands first.
  return [...all.filter(({ cause }) => cause === named), ...all.filter(({ cause }) => cause !== named)];
}

/**
 * What is shown of what was tried: the likeliest, and the likeliest of other places until there are three, so that one
 * machine's many causes do not hide where else it may have begun.
 */
function leading(scored: readonly Scored[]): Scored[] {
  const found = scored.slice(0, 5);
  for (const one of scored.slice(5)) {
    const places = new Set(found.map(({ place }) => place.id));
    if (places.size >= 3) break;
    if (!places.has(one.place.id)) found.push(one);
  }
  return found;
}

const stated = (kind: Statement['kind'], text: string | null, evidence: readonly Evidence[]): Statement[] =>
  text === null ? [] : [{ kind, text, evidence }];

/** What people confirmed of stops like this one. */
function historyWords(scene: Scene, named: Scored): string | null {
  const found = historyOf(scene, named);
  if (!found) return null;
  const at = placeWords(scene.plant, named.place.origin.entry);
  const like = found.like === 'alarm' ? `stops of ${at} with the same first alarm` : `stops of ${at}`;
  return `${found.same} of the last ${found.of} ${like} whose cause was confirmed had this cause`;
}

type Told = {
  place: string | null;
  named: Scored | null;
  roots: readonly Root[];
  history: string | null;
  verdict: Verdict;
  chain: readonly ChainStep[];
  path: readonly Evidence[];
  shown: readonly Scored[];
  others: readonly Statement[];
  out: Diagnosis['ruled_out'];
  unknown: readonly string[];
  check: string | null;
  evidence: readonly Evidence[];
};

function statementsOf(scene: Scene, told: Told): Statement[] {
  const { place, named, verdict, path } = told;
  const none = verdict.answer === 'other' ? 'the cause is none of those known here' : null;
  const unsure = verdict.why && `not enough evidence to name a cause: ${verdict.why}`;
  return [
    stopClaim(scene),
    ...stated('inference', place && `it began at ${placeWords(scene.plant, place)}`, path),
    ...stated('inference', named && `the cause is ${wordsFor(scene, named)}`, named?.for ?? []),
    ...told.roots
      .filter(({ from }) => from !== named)
      .flatMap(({ root, from }) => {
        const when = localAt(Date.parse(root.at), scene.plant.timezone, scene.case.now);
        return stated('inference', `then came ${wordsFor(scene, from)}, ${when}`, from.for.slice(0, 8));
      }),
    ...stated('fact', told.history, []),
    ...stated('inference', none, path),
    ...stated('unknown', unsure, []),
    ...chainClaims(scene, told.chain, path),
    ...told.shown
      .slice(0, 3)
      .flatMap((one) => one.for.slice(0, 4))
      .filter((seen) => told.evidence.find(({ id }) => id === seen.id)?.says === seen.says)
      .flatMap((seen) => stated('fact', seen.says, [seen])),
    ...told.others,
    ...told.out.flatMap((one) =>
      stated(
        'inference',
        `not ${one.words}: ${one.because}`,
        told.evidence.filter(({ id }) => one.evidence.includes(id)),
      ),
    ),
    ...told.unknown.flatMap((text) => stated('unknown', `not known: ${text}`, [])),
    ...stated('suggestion', told.check, []),
  ];
}

/** The diagnosis of a stop that was not planned. */
export function explain(
  scene: Scene,
  origins: readonly Origin[],
  ranking: Ranking,
  verdict: Verdict,
  known: readonly Cause[],
): Diagnosis {
  const { scored } = ranking;
  const named = verdict.answer === 'other' ? null : verdict.answer;
  const { place, origin } = placeOf(origins, ranking, verdict);
  const chain = place !== null && origin ? chainOf(scene, place, origin) : [];
  const path = (origin?.path ?? []).flatMap(({ stand }) =>
    stand ? [evidenceOf(stand.span.record, scene.plant, scene.systems)] : [],
  );
  const roots = rootsOf(scene, named, scored, known);
  const leaders = named ? [named] : scored.slice(0, 2);
  const shown = leading(scored);
  const others = alsoStanding(scene, origin);
  const out = ruledOut(scene, scored, leaders);
  const none = verdict.answer === 'other';
  const check = nextCheck(scene, ranking, { place, settled: named !== null, none });
  const unknown = unknowns(scene, origin, leaders);
  const evidence = listed([
    ...stopClaim(scene).evidence,
    ...path,
    ...shown.flatMap((one) => [...one.for.slice(0, 8), ...one.against.slice(0, 6)]),
    ...scored.filter((one) => out.some(({ cause }) => cause === one.cause.id)).flatMap((one) => one.against),
    ...others.flatMap((one) => one.evidence),
    ...(ranking.odd?.evidence ?? []),
    ...roots.flatMap(({ from }) => from.for.slice(0, 8)),
  ]);
  const history = named && historyWords(scene, named);
  const told = {
    place,
    named,
    roots,
    history,
    verdict,
    chain,
    path,
    shown,
    others,
    out,
    unknown,
    check,
    evidence,
  };
  const cause = named?.cause.id ?? (verdict.answer === 'other' ? 'other' : 'unknown');
  const at = origins[0]?.place ?? scene.line.id;
  const top = { ...ranking, scored: shown };
  return {
    stop: scene.case.stop,
    planned: false,
    machine: place !== null && scene.flow.machines.includes(place) ? place : null,
    place,
    cause,
    class: named?.cause.class ?? null,
    p: named?.p ?? (verdict.answer === 'other' ? ranking.other : (scored[0]?.p ?? 0)),
    chain,
    roots: roots.map(({ root }) => root),
    first_alarms: firstAlarms(scene),
    ...(history === null ? {} : { history }),
    ruled_out: out,
    unknown,
    next_check: check,
    abstained: verdict.answer === null,
    candidates: candidatesOf(scene, top, verdict.answer === null ? null : cause, at, path),
    claims: claimsOf(statementsOf(scene, told)),
    evidence,
    completeness: completenessOf(scene),
  };
}
