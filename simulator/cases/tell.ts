import type { PlantRecord } from '../../plant/record.ts';
import { iso, millis, type Millis } from '../../plant/time.ts';
import { blind } from '../observers/blind.ts';
import { observe } from '../observers/observe.ts';
import { type Clocks, shiftClocks } from '../observers/skew.ts';
import { recordId, type Told } from '../observers/told.ts';
import type { LineSim } from '../physics/model.ts';
import type { Random } from '../random.ts';
import { batchesOf } from '../records/batches.ts';
import { demoSources as ids } from '../records/recorder.ts';
import { chainsOf } from './chain.ts';
import type { Script } from './draw.ts';
import { decide } from './evidence.ts';
import { nextChecks } from './next-checks.ts';
import type { Scene } from './scene.ts';
import type { Staged } from './stage.ts';
import { statesOf, type Stretch } from './stretches.ts';
import type { Case, CaseOptions, ChainLink, Dials, OneCause, Truth, TruthEvidence } from './types.ts';

const minute = 60_000;
/** Rows of one batch. */
const batchRows = 5000;

/** A case that was played, and how it is to be told. `stop`: the one asked about; null: there was none. */
type Playing = {
  played: Staged;
  script: Script;
  stop: Stretch | null;
  dials: Dials;
  options: CaseOptions;
};
/** What really happened. `main`: what the truth is about; null: nothing was the matter. */
type Story = {
  causes: OneCause[];
  chain: ChainLink[];
  others: ChainLink[][];
  main: OneCause | null;
};

/** What the sources hand over, through everything that bends it, and apart from that the truth. */
export function tell(of: Playing, rng: Random): Pick<Case, 'plant' | 'batches' | 'truth'> {
  const { played, dials, stop } = of;
  const story = storyOf(of);
  const bent = observe(
    { ...played, causes: story.causes },
    dials,
    stop,
    story.chain[0]?.to ?? null,
    rng.fork('observe'),
  );
  const { scene, off } = darken(of, story, sceneOf(of, story, bent), rng.fork('blind'));
  const sorted = inOrder(scene.told);
  const skewed = shiftClocks(sorted, clocksOf(dials, played.line, rng.fork('clocks')), ids.machines);
  const decided = decide(scene);
  const evidence = renamed(withMisleading(decided.evidence, sorted, bent.misleading), sorted, skewed);
  return {
    plant: scene.plant,
    batches: [...batchesOf(inOrder(skewed), ids, batchRows)],
    truth: truthOf(of, story, scene, { ...decided, evidence }, off),
  };
}

/** What went wrong, oldest first, and the way to the reference. Causes are foreseen to the half minute; nothing stands before its cause. */
function storyOf(of: Playing): Story {
  const { played, stop, script } = of;
  const planned = played.causes.toSorted((a, b) => millis(a.t0) - millis(b.t0));
  const [first] = planned;
  if (!stop || !first) {
    // Of a line that did not stop: a screen that hangs is a cause of the question, all else is none.
    const main = !stop && script.causes[0] === 'sensor_outage' ? (first ?? null) : null;
    return { causes: planned, chain: [], others: [], main };
  }
  const [chain = [], ...others] = chainsFor(of, first, stop.from);
  const began = Math.min(stop.from, millis(chain[0]?.at ?? iso(stop.from)), millis(first.t0));
  const main = { ...first, t0: iso(began) };
  return { causes: [main, ...planned.slice(1)], chain, others, main };
}

function chainsFor({ played, options }: Playing, first: OneCause, from: Millis): ChainLink[][] {
  const { live, line } = played;
  const states = statesOf(played.told.records);
  if (options.stock !== 'absent' || first.place !== line.supplyId)
    return chainsOf(live.floor, line, first, states, from);
  // What is not in the warehouse is missing at the machine that uses it.
  const machine = live.scheduler.happenings[0]?.place ?? line.reference.id;
  return chainsOf(live.floor, line, { ...first, place: machine }, states, from).map((chain) => [
    { from: line.supplyId, to: machine, kind: 'material', at: first.t0 },
    ...chain,
  ]);
}

/** What the truth is judged by where nothing was the matter: the line, as it went on. */
const mainOrLine = ({ played }: Playing, { main }: Story): OneCause =>
  main ?? { cause: 'none', class: 'it', place: played.line.id, t0: iso(played.plannedAt) };

const sceneOf = (of: Playing, story: Story, bent: ReturnType<typeof observe>): Scene => ({
  floor: of.played.live.floor,
  line: of.played.line,
  plant: bent.plant,
  told: bent.told,
  noise: bent.noise,
  source: ids.machines,
  causes: of.stop ? story.causes : [mainOrLine(of, story)],
  chain: story.chain,
  from: of.played.plannedAt - 25 * minute,
  until: of.played.askedAt,
});

/** An unanswerable case loses every source that could decide it. `off`: those that are no longer configured. */
function darken(
  { script }: Playing,
  { causes: [first] }: Story,
  scene: Scene,
  rng: Random,
): { scene: Scene; off: ReadonlySet<string> } {
  if (script.kind !== 'unanswerable' || !first) return { scene, off: new Set() };
  const { told, plant, off } = blind(scene, first, ids, rng);
  return { scene: { ...scene, told, plant }, off };
}

/** What points elsewhere misleads, whatever else it may show. */
function withMisleading(
  evidence: readonly TruthEvidence[],
  told: Told,
  misleading: ReadonlySet<PlantRecord>,
): TruthEvidence[] {
  const blamed = told.records
    .filter((one) => misleading.has(one))
    .map((one) => ({ id: recordId(one), role: 'misleading' as const }));
  return [...evidence.filter(({ id }) => !blamed.some((one) => one.id === id)), ...blamed];
}

/** Keys hold times: where clocks are off a record has another id. */
function renamed(evidence: readonly TruthEvidence[], sorted: Told, skewed: Told): TruthEvidence[] {
  const names = new Map(sorted.records.map((one, i) => [recordId(one), recordId(skewed.records[i]!)]));
  return evidence.map((one) => ({ ...one, id: names.get(one.id) ?? one.id }));
}

function truthOf(
  of: Playing,
  story: Story,
  scene: Scene,
  { answerable, evidence }: ReturnType<typeof decide>,
  off: ReadonlySet<string>,
): Truth {
  const { played, script, stop, dials } = of;
  const { causes, chain, others, main } = story;
  const { cause, place } = mainOrLine(of, story);
  const { sources } = dials;
  const lit = (source: 'erp' | 'mes' | 'notes') => sources[source] && !off.has(ids[source]);
  const told = (links: ChainLink[]) => links.map((one) => inferredIn(one, scene.told));
  return {
    cause: main?.cause ?? 'none',
    class: main?.class ?? null,
    machine: played.line.machines.some((one) => one.id === place) ? place : null,
    place,
    causes: stop ? causes.map((one, i) => ({ ...one, answerable: answerable[i] ?? 'no' })) : causes,
    chain: told(chain),
    ...(others.length > 0 ? { otherChains: others.map(told) } : {}),
    stop: stop ? { from: iso(stop.from), to: stop.to === null ? null : iso(stop.to) } : null,
    kind: script.kind,
    answerable: answerable[0] ?? 'no',
    evidence,
    next_check: nextChecks[cause] ?? '',
    dials: { ...dials, sources: { ...sources, erp: lit('erp'), mes: lit('mes'), notes: lit('notes') } },
  };
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
