import { iso, millis, type Millis } from '../../plant/time.ts';
import { blind } from '../observers/blind.ts';
import { observe } from '../observers/observe.ts';
import { type Clocks, shiftClocks } from '../observers/skew.ts';
import type { LineSim } from '../physics/model.ts';
import { recordId, type Told } from '../observers/told.ts';
import { zoneOffset } from '../schedule/plant-day.ts';
import { type Random, random } from '../random.ts';
import { batchesOf } from '../records/batches.ts';
import { demoSources as ids } from '../records/recorder.ts';
import { chainsOf } from './chain.ts';
import { drawDials, drawScript, type Script } from './draw.ts';
import { decide } from './evidence.ts';
import { nextChecks } from './next-checks.ts';
import type { Scene } from './scene.ts';
import { stage, type Staged } from './stage.ts';
import { type State, type Stretch, stretchesOf } from './stretches.ts';
import type { Case, CaseOptions, ChainLink, Dials, OneCause, Truth } from './types.ts';

const minute = 60_000;
/** Not every draw does what it should: a buffer carries further than foreseen, a small stop comes in between. */
const attempts = 24;
/** Rows of one batch. */
const batchRows = 5000;

/** One line of any shape for about two hours, with what happens to it, seen through sources as they are. */
export function wideCase(options: CaseOptions): Case {
  const rng = random(`wide/${options.seed}`);
  const dials = { ...drawDials(rng.fork('dials')), ...options.dials };
  const script = drawScript(rng.fork('script'), options);
  // The same plant and day with and without the fault: what decides is the case with it.
  const { without, ...faulty } = options;
  for (let i = 0; i < attempts; i += 1) {
    const seed = `${options.seed}/${i}`;
    const played = stage(faulty, script, dials, seed, rng.fork(`attempt-${i}`));
    const stop = stopOf(played, script);
    if (!stop.fits) continue;
    if (without === undefined) return tell(played, script, stop.stretch, dials, rng.fork('tell'), options);
    const quiet = stage(options, { ...script, kind: 'no_stop' }, dials, seed, rng.fork(`attempt-${i}`));
    return tell(quiet, { kind: 'no_stop', causes: ['nothing'] }, null, dials, rng.fork('tell'), options);
  }
  throw new RangeError(`case ${options.seed} (${script.causes.join(' and ')}) did not come about`);
}

const statesOf = (told: Told): State[] => told.records.filter((one) => one.kind === 'state');

/** The stop that the question is about, as the machines really stood; and whether it is what the script asked for. */
function stopOf(played: Staged, script: Script): { fits: boolean; stretch: Stretch | null } {
  const { line, askedAt, plannedAt } = played;
  const states = statesOf(played.told);
  const all = stretchesOf(states, line.reference.id).filter(
    (one) => (one.to ?? askedAt) - one.from >= 25_000,
  );
  if (script.kind === 'no_stop')
    return {
      fits: all.every((one) => (one.to ?? askedAt) < plannedAt - 30 * minute) && all.length === 0,
      stretch: null,
    };
  const last = all.at(-1);
  const [first, then] = played.causes;
  if (!last || !first || (script.causes.length > 1 && !then)) return { fits: false, stretch: null };
  const lasts = (last.to ?? askedAt) - last.from;
  const began = last.from >= millis(first.t0) - 90_000 && lasts >= 60_000 && last.from < askedAt - 45_000;
  const late = last.from > plannedAt + 20 * minute && script.causes[0] !== 'startup_after_changeover';
  const both = !then || (last.from < millis(then.t0) + 30_000 && millis(then.t0) < askedAt - 60_000);
  return { fits: began && !late && both, stretch: last };
}

const questions = [
  'why did {line} stop?',
  'why is {line} down?',
  'What stopped {line}?',
  '{line} stopped, why?',
];

function ask(
  played: Staged,
  script: Script,
  stop: Stretch | null,
  rng: Random,
): { question: string; at: Millis | null } {
  const name = played.plant.lines[0]?.name ?? played.line.id;
  const named = rng.chance(script.kind === 'no_stop' ? 0.6 : 0.15);
  const t = Math.floor((stop?.from ?? played.plannedAt + 2 * minute) / minute) * minute;
  const plain = rng.pick(questions).replace('{line}', name);
  if (!named) return { question: plain, at: null };
  const clock = iso(t + zoneOffset(played.plant.timezone, t)).slice(11, 16);
  return { question: `why did ${name} stop at ${clock}?`, at: t };
}

/** What went wrong, oldest first, and the way to the reference. Causes are foreseen to the half minute; nothing stands before its cause. */
function storyOf(
  played: Staged,
  stop: Stretch | null,
  options: CaseOptions,
): { causes: OneCause[]; chain: ChainLink[]; others: ChainLink[][] } {
  const planned = played.causes.toSorted((a, b) => millis(a.t0) - millis(b.t0));
  const [first] = planned;
  if (!stop || !first) return { causes: planned, chain: [], others: [] };
  const [chain = [], ...others] = chainsFor(played, first, statesOf(played.told), stop.from, options);
  const began = Math.min(stop.from, millis(chain[0]?.at ?? iso(stop.from)), millis(first.t0));
  return { causes: [{ ...first, t0: iso(began) }, ...planned.slice(1)], chain, others };
}

function tell(
  played: Staged,
  script: Script,
  stop: Stretch | null,
  dials: Dials,
  rng: Random,
  options: CaseOptions,
): Case {
  const { line, live, askedAt, plannedAt } = played;
  const { causes, chain, others } = storyOf(played, stop, options);
  const [first] = causes;
  const seen = observe({ ...played, causes }, dials, stop, chain[0]?.to ?? null, rng.fork('observe'));
  const main: OneCause | null = stop ? (first ?? null) : quietCause(script, causes);
  const quiet: OneCause = main ?? { cause: 'none', class: 'it', place: line.id, t0: iso(plannedAt) };
  let scene: Scene = {
    floor: live.floor,
    line,
    plant: seen.plant,
    told: seen.told,
    noise: seen.noise,
    source: ids.machines,
    causes: stop ? causes : [quiet],
    chain,
    from: plannedAt - 25 * minute,
    until: askedAt,
  };
  let off = new Set<string>();
  if (script.kind === 'unanswerable' && first) {
    const dark = blind(scene, first, ids, rng.fork('blind'));
    scene = { ...scene, told: dark.told, plant: dark.plant };
    off = dark.off;
  }
  const decided = decide(scene);
  const sorted = inOrder(scene.told);
  const skewed = shiftClocks(sorted, clocksOf(dials, line, rng.fork('clocks')), ids.machines);
  const renamed = new Map(sorted.records.map((one, i) => [recordId(one), recordId(skewed.records[i]!)]));
  const blamed = sorted.records
    .filter((one) => seen.misleading.has(one))
    .map((one) => ({ id: recordId(one), role: 'misleading' as const }));
  const evidence = [...decided.evidence.filter(({ id }) => !blamed.some((one) => one.id === id)), ...blamed];
  const { sources } = dials;
  const lit = (source: 'erp' | 'mes' | 'notes') => sources[source] && !off.has(ids[source]);
  const told = (links: ChainLink[]) => links.map((one) => inferredIn(one, scene.told));
  const truth: Truth = {
    cause: main?.cause ?? 'none',
    class: main?.class ?? null,
    machine: line.machines.some((one) => one.id === quiet.place) ? quiet.place : null,
    place: quiet.place,
    causes: stop ? causes.map((one, i) => ({ ...one, answerable: decided.answerable[i] ?? 'no' })) : causes,
    chain: told(chain),
    ...(others.length > 0 ? { otherChains: others.map(told) } : {}),
    stop: stop ? { from: iso(stop.from), to: stop.to === null ? null : iso(stop.to) } : null,
    kind: script.kind,
    answerable: decided.answerable[0] ?? 'no',
    evidence: evidence.map((one) => ({ ...one, id: renamed.get(one.id) ?? one.id })),
    next_check: nextChecks[quiet.cause] ?? '',
    dials: { ...dials, sources: { ...sources, erp: lit('erp'), mes: lit('mes'), notes: lit('notes') } },
  };
  const asked = ask(played, script, stop, rng.fork('ask'));
  return {
    plant: scene.plant,
    batches: [...batchesOf(inOrder(skewed), ids, batchRows)],
    ...asked,
    askedAt,
    truth,
  };
}

/** Of a line that did not stop: a screen that hangs is a cause of the question, all else is none. */
const quietCause = (script: Script, causes: readonly OneCause[]): OneCause | null =>
  script.causes[0] === 'sensor_outage' ? (causes[0] ?? null) : null;

function chainsFor(
  played: Staged,
  first: OneCause,
  states: readonly State[],
  from: Millis,
  options: CaseOptions,
): ChainLink[][] {
  const { live, line } = played;
  if (options.stock !== 'absent' || first.place !== line.supplyId)
    return chainsOf(live.floor, line, first, states, from);
  // What is not in the warehouse is missing at the machine that uses it.
  const machine = live.scheduler.happenings[0]?.place ?? line.reference.id;
  return chainsOf(live.floor, line, { ...first, place: machine }, states, from).map((chain) => [
    { from: line.supplyId, to: machine, kind: 'material', at: first.t0 },
    ...chain,
  ]);
}

/** No record of its own shows this machine waiting or standing for what it stands for. */
function inferredIn(link: ChainLink, told: Told): ChainLink {
  const own = told.records.some((one) => one.kind === 'state' && one.equipment === link.to && !one.plain);
  return own ? link : { ...link, inferred: true };
}

const inOrder = (told: Told): Told => ({
  records: told.records.toSorted(
    (a, b) => compare(a.at, b.at) || compare(a.observedAt, b.observedAt) || compare(recordId(a), recordId(b)),
  ),
  readings: told.readings.toSorted((a, b) => a.at - b.at),
  minutes: told.minutes.toSorted((a, b) => a.at - b.at),
});
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** One source is off by the whole dial, each other within it; controllers differ from their gateway by up to half of it. */
function clocksOf(dials: Dials, line: LineSim, rng: Random): Clocks {
  const most = dials.clockSkewS * 1000;
  const shuffled = rng.shuffle([ids.machines, ids.erp, ids.mes, ids.notes]);
  const sources = Object.fromEntries(
    shuffled.map((source, i) => {
      const share = i === 0 ? (rng.chance(0.5) ? 1 : -1) : rng.between(-1, 1);
      return [source, Math.round(most * share)];
    }),
  );
  const gateway = sources[ids.machines] ?? 0;
  const own = rng.fork('controllers');
  const machines = line.machines.map(({ id }): [string, number] => {
    const clock = gateway + own.between(-0.5, 0.5) * most;
    return [id, Math.round(Math.min(most, Math.max(-most, clock)) - gateway)];
  });
  return { sources, machines: Object.fromEntries(machines) };
}
