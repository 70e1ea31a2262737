import type { Claim, Completeness, Evidence } from '../evidence.ts';
import { isInternal } from '../state.ts';
import { durationWords, localAt, localSpan } from '../say/local-time.ts';
import { placeWords } from '../say/en/words.ts';
import type { Verdict } from './abstain.ts';
import type { Group } from './cause.ts';
import { chainOf } from './chain.ts';
import type { Candidate, Diagnosis } from './diagnosis.ts';
import { finding } from './expect.ts';
import type { Origin } from './localise.ts';
import type { PlannedActivity } from './planned.ts';
import { evidenceOf, nameOf } from './says.ts';
import type { Scene } from './scene.ts';
import type { Ranking, Scored } from './score.ts';
import { timeOf } from './timeline.ts';

const unique = (evidence: readonly Evidence[]): Evidence[] => {
  const seen = new Map(evidence.map((one) => [one.id, one]));
  return [...seen.values()];
};
const byTime = (a: Evidence, b: Evidence): number =>
  Date.parse(a.at) - Date.parse(b.at) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
const ids = (evidence: readonly Evidence[]): string[] => [...new Set(evidence.map(({ id }) => id))];

const wordsFor = (scene: Scene, one: Scored): string =>
  one.cause.words(placeWords(scene.plant, one.place.id));

function candidateOf(scene: Scene, one: Scored): Candidate {
  return {
    cause: one.cause.id,
    class: one.cause.class,
    place: one.place.id,
    p: one.p,
    for: ids(one.for).slice(0, 8),
    against: ids(one.against).slice(0, 6),
    words: wordsFor(scene, one),
  };
}

/** What is missing from the records, one sentence each: dead sources, gaps, what was cut off. */
function completenessOf(scene: Scene): Completeness {
  const { plant, coverage, truncated } = scene.case;
  const missing: string[] = [];
  for (const { system, state, gaps, lastRecordAt } of coverage) {
    const near = gaps.filter(
      (gap) => gap.from <= scene.end && (gap.to ?? Infinity) >= scene.from - 1_800_000,
    );
    for (const gap of near.slice(0, 3)) {
      const whose = gap.equipment === null ? system : `${system} for ${nameOf(plant, gap.equipment)}`;
      missing.push(`No data of ${whose} ${localSpan(gap.from, gap.to, plant.timezone, scene.case.now)}.`);
    }
    if (near.length > 0 || state === 'up' || state === 'degraded') continue;
    const last =
      lastRecordAt === null
        ? ''
        : `, its last word came ${localAt(lastRecordAt, plant.timezone, scene.case.now)}`;
    missing.push(`${system} ${state === 'unauthorised' ? 'refuses our sign-in' : 'does not answer'}${last}.`);
  }
  if (truncated) missing.push('There were more records than could be looked at; the oldest were left out.');
  const newest = scene.case.records.reduce((latest, record) => Math.max(latest, timeOf(record)), -Infinity);
  return {
    complete: missing.length === 0,
    asOf: Number.isFinite(newest) ? new Date(newest).toISOString() : null,
    missing,
    truncated,
  };
}

/** Causes that people would think of and that the records speak against, the ones with some support first. */
function ruledOut(
  scene: Scene,
  scored: readonly Scored[],
  leaders: readonly Scored[],
): Diagnosis['ruled_out'] {
  const named = new Set(leaders.map(({ cause }) => cause.id));
  const found: (Diagnosis['ruled_out'][number] & { weight: number })[] = [];
  for (const one of scored) {
    if (named.has(one.cause.id) || one.p > 0.05) continue;
    named.add(one.cause.id);
    const silent = one.missing.toSorted((a, b) => (b.missing ?? 0) - (a.missing ?? 0))[0];
    const doubt = one.against[0];
    const supported = one.for.length > 0 ? 1 : 0;
    if (doubt)
      found.push({
        cause: one.cause.id,
        words: wordsFor(scene, one),
        because: doubt.says,
        evidence: ids(one.against).slice(0, 3),
        weight: 3 + supported,
      });
    else if (silent && (silent.missing ?? 0) >= 1.2)
      found.push({
        cause: one.cause.id,
        words: wordsFor(scene, one),
        because: `there was no ${silent.what.replace(/^(an?|the) /, '')}`,
        evidence: [],
        weight: (silent.missing ?? 0) + supported,
      });
  }
  return found
    .sort((a, b) => b.weight - a.weight || (a.cause < b.cause ? -1 : 1))
    .slice(0, 6)
    .map(({ cause, words, because, evidence }) => ({ cause, words, because, evidence }));
}

const dark: Partial<Record<Group, string>> = {
  crew: 'how many people were at the line',
  erp: 'the orders and stock of that time',
  system: 'whether the IT systems answered',
  maintenance: 'what maintenance was called for',
  quality: 'whether quality held anything',
  alarm: 'the alarms of the machine',
  mes: 'the lots in use',
};

function unknowns(scene: Scene, origin: Origin | undefined, leaders: readonly Scored[]): string[] {
  const machines = (origin?.path ?? [])
    .filter(({ machine }) => !scene.floor.stands.has(machine))
    .map(({ machine }) => `what ${placeWords(scene.plant, machine)} did: nobody reports its state`);
  const groups = leaders.flatMap((one) => one.dark.map(({ group }) => dark[group] ?? ''));
  const signals = leaders.flatMap((one) =>
    one.dark.flatMap(({ group, what }) =>
      group === 'signal' ? [`whether there was ${what}: no such signal is recorded`] : [],
    ),
  );
  return [...new Set([...machines, ...groups, ...signals.slice(0, 2), ...scene.flow.problems])].filter(
    (text) => text !== '',
  );
}

const openWeight = (one: Scored): number =>
  one.dark.reduce((sum, { weight }) => sum + weight, 0) +
  one.missing.reduce((sum, { weight }) => sum + weight / 2, 0);

/** The look with the most still unseen that the second cause does not share with the first. */
function nextCheck(scene: Scene, scored: readonly Scored[], abstained: boolean): string | null {
  const [top, second] = scored;
  if (!top || (!abstained && top.p >= 0.85)) return null;
  const at = (one: Scored): string => placeWords(scene.plant, one.place.id);
  if (!second) return `${top.cause.check(at(top))}.`;
  const look =
    openWeight(second) > openWeight(top) + 1 && !abstained
      ? top
      : openWeight(top) >= openWeight(second)
        ? top
        : second;
  const check = look.cause.check(at(look));
  const separates = `that tells ${wordsFor(scene, top)} from ${wordsFor(scene, second)}`;
  return top.cause.id === second.cause.id ? `${check}.` : `${check}; ${separates}.`;
}

/** Other machines with a fault of their own on the way: a second cause, or a consequence; said, not hidden. */
function alsoStanding(scene: Scene, origin: Origin | undefined): { text: string; evidence: Evidence[] }[] {
  if (!origin) return [];
  return [...scene.floor.stands].flatMap(([machine, stands]) => {
    if (machine === origin.entry || origin.hit.includes(machine)) return [];
    const spans = stands.flatMap((stand) => stand.spans.map((span) => ({ span, stand })));
    const own = spans.find(({ span, stand }) => {
      const from = stand.from + span.from - (stand.spans[0]?.from ?? span.from);
      return (
        isInternal(span.state) && from <= scene.end && from >= scene.from - 600_000 && stand.to >= scene.from
      );
    });
    if (!own) return [];
    const { record } = own.span;
    const alarm = scene.alarms.find(
      (one) =>
        one.equipment === machine &&
        one.says === 'fault' &&
        Math.abs(Date.parse(one.record.at) - own.span.from) < 60_000,
    );
    const { evidence } = finding(scene, alarm ? [record, alarm.record] : [record]);
    const when = localAt(own.span.from, scene.plant.timezone, scene.case.now);
    const text = `${placeWords(scene.plant, machine)} also had a fault of its own, ${when}`;
    return [{ text, evidence }];
  });
}

function claimsOf(
  parts: readonly { kind: Claim['kind']; text: string; evidence: readonly Evidence[] }[],
): Claim[] {
  return parts.map(({ kind, text, evidence }, index) => ({
    id: `c${index + 1}`,
    kind,
    text: `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`,
    evidence: ids(evidence),
  }));
}

function stopClaim(scene: Scene): { kind: 'fact'; text: string; evidence: Evidence[] } {
  const { stop, now, plant } = scene.case;
  const stand = scene.floor.stands
    .get(scene.reference)
    ?.find((one) => one.span.record.at >= stop.from && Math.abs(one.from - scene.from) < 60_000);
  const when = localAt(Date.parse(stop.from), plant.timezone, now);
  const text =
    stop.to === null
      ? `${scene.line.name} stopped ${when} and has been standing for ${durationWords(stop.durationS)}`
      : `${scene.line.name} stopped ${when} for ${durationWords(stop.durationS)}`;
  return { kind: 'fact', text, evidence: stand ? finding(scene, [stand.span.record]).evidence : [] };
}

const chainVerbs = {
  starves: 'ran out of product',
  blocks: 'could not pass product on',
  stops: 'stopped',
  supplies: 'got no supply',
  holds: 'was held',
} as const;

/** The diagnosis of a stop that was not planned. */
export function explain(
  scene: Scene,
  origins: readonly Origin[],
  ranking: Ranking,
  verdict: Verdict,
): Diagnosis {
  const { scored } = ranking;
  const [top] = scored;
  const named = verdict.answer !== null && verdict.answer !== 'other' ? verdict.answer : null;
  const share = (place: string): number =>
    scored.filter((one) => one.place.id === place).reduce((sum, { p }) => sum + p, 0) /
    (1 - ranking.other - ranking.unknown || 1);
  const [likeliest] = origins;
  const leading = named ?? (top && share(top.place.id) >= 0.6 ? top : null);
  const local = likeliest && likeliest.p >= 0.5 ? likeliest : null;
  const place =
    verdict.answer === 'other' ? (local?.place ?? null) : (leading?.place.id ?? local?.place ?? null);
  const origin = verdict.answer === 'other' ? local : (leading?.place.origin ?? local);
  const chain = place !== null && origin ? chainOf(scene, place, origin) : [];
  const leaders = scored.slice(0, named ? 1 : 2);
  const others = alsoStanding(scene, origin ?? undefined);
  const path = (origin?.path ?? []).flatMap(({ stand }) =>
    stand ? [evidenceOf(stand.span.record, scene.plant, scene.systems)] : [],
  );
  const shown = scored.slice(0, 5);
  const out = ruledOut(scene, scored, leaders);
  const check = nextCheck(scene, scored, named === null);
  const unknown = unknowns(scene, origin ?? undefined, leaders);
  const support = named ? named.for : path;
  const evidence = unique([
    ...stopClaim(scene).evidence,
    ...path,
    ...shown.flatMap((one) => [...one.for.slice(0, 8), ...one.against.slice(0, 6)]),
    ...scored.filter((one) => out.some(({ cause }) => cause === one.cause.id)).flatMap((one) => one.against),
    ...others.flatMap((one) => one.evidence),
  ]).sort(byTime);
  const claims = claimsOf([
    stopClaim(scene),
    ...(place
      ? [
          {
            kind: 'inference' as const,
            text: `it began at ${placeWords(scene.plant, place)}`,
            evidence: path,
          },
        ]
      : []),
    ...(named
      ? [{ kind: 'inference' as const, text: `the cause is ${wordsFor(scene, named)}`, evidence: support }]
      : []),
    ...(verdict.answer === 'other'
      ? [{ kind: 'inference' as const, text: 'the cause is none of those known here', evidence: path }]
      : []),
    ...(verdict.why
      ? [
          {
            kind: 'unknown' as const,
            text: `not enough evidence to name a cause: ${verdict.why}`,
            evidence: [],
          },
        ]
      : []),
    ...chain.map((step) => ({
      kind: 'inference' as const,
      text: `${placeWords(scene.plant, step.to)} ${chainVerbs[step.kind]} ${localAt(Date.parse(step.at), scene.plant.timezone, scene.case.now)}${step.inferred ? ', inferred from its neighbours' : ''}`,
      evidence: path.filter((one) => one.equipment === step.to),
    })),
    ...shown
      .slice(0, 3)
      .flatMap((one) =>
        one.for.slice(0, 4).map((seen) => ({ kind: 'fact' as const, text: seen.says, evidence: [seen] })),
      ),
    ...others.map((one) => ({ kind: 'fact' as const, ...one })),
    ...out.map((one) => ({
      kind: 'inference' as const,
      text: `not ${one.words}: ${one.because}`,
      evidence: evidence.filter(({ id }) => one.evidence.includes(id)),
    })),
    ...unknown.map((text) => ({ kind: 'unknown' as const, text: `not known: ${text}`, evidence: [] })),
    ...(check ? [{ kind: 'suggestion' as const, text: check, evidence: [] }] : []),
  ]);
  const fixed = (cause: 'other' | 'unknown', p: number, words: string): Candidate => ({
    cause,
    class: null,
    place: likeliest?.place ?? scene.line.id,
    p,
    for: ids(path),
    against: [],
    words,
  });
  const candidates = [
    ...shown.map((one) => candidateOf(scene, one)),
    fixed('other', ranking.other, 'a cause that is not known here'),
    fixed('unknown', ranking.unknown, 'not enough evidence'),
  ].sort((a, b) => b.p - a.p);
  return {
    stop: scene.case.stop,
    planned: false,
    machine: place !== null && scene.flow.machines.includes(place) ? place : null,
    place,
    cause: named?.cause.id ?? (verdict.answer === 'other' ? 'other' : 'unknown'),
    class: named?.cause.class ?? null,
    p: named?.p ?? (verdict.answer === 'other' ? ranking.other : (top?.p ?? 0)),
    chain,
    ruled_out: out,
    unknown,
    next_check: check,
    abstained: verdict.answer === null,
    candidates:
      named || verdict.answer === 'other' ? promote(candidates, named?.cause.id ?? 'other') : candidates,
    claims,
    evidence,
    completeness: completenessOf(scene),
  };
}

/** The cause that is named stands first. */
const promote = (candidates: readonly Candidate[], cause: string): Candidate[] => [
  ...candidates.filter((one) => one.cause === cause),
  ...candidates.filter((one) => one.cause !== cause),
];

const plannedCauses: Record<PlannedActivity, readonly [string, string]> = {
  break: ['planned_break', 'a planned break'],
  no_shift: ['no_shift', 'no shift that was planned'],
  planned_maintenance: ['planned_maintenance', 'planned maintenance'],
  changeover: ['changeover', 'a planned changeover within its standard time'],
  cleaning: ['cleaning', 'a planned cleaning'],
  meeting: ['meeting', 'a planned meeting'],
  no_order: ['no_order', 'a plan without an order for this time'],
};

/** A stop that was meant to be is answered as such; nothing is looked for beyond the plan. */
export function explainPlanned(scene: Scene): Diagnosis {
  const plan = scene.plans[0];
  const [cause, words] = plannedCauses[plan?.activity ?? 'break'];
  const stopped = stopClaim(scene);
  const said = unique([...(plan?.record ? finding(scene, [plan.record]).evidence : []), ...stopped.evidence]);
  const place = scene.line.id;
  return {
    stop: scene.case.stop,
    planned: true,
    machine: null,
    place,
    cause,
    class: 'planning',
    p: plan ? 0.97 : 0.6,
    chain: [],
    ruled_out: [],
    unknown: [],
    next_check: null,
    abstained: false,
    candidates: [
      { cause, class: 'planning', place, p: plan ? 0.97 : 0.6, for: ids(said), against: [], words },
    ],
    claims: claimsOf([stopped, { kind: 'inference', text: `this was ${words}`, evidence: said }]),
    evidence: said.toSorted(byTime),
    completeness: completenessOf(scene),
  };
}
