import type { Plant } from '../../plant/equipment.ts';
import { isProducing } from '../../plant/state.ts';
import { iso, type Millis } from '../../plant/time.ts';
import { everydayFaults, faultOf } from '../faults/catalogue.ts';
import type { CauseClass } from '../faults/fault.ts';
import { type Live, openLive } from '../live-world.ts';
import { lagS, pathTo } from '../physics/flow.ts';
import type { LineSim } from '../physics/model.ts';
import { standardS } from '../physics/phase.ts';
import { drawPlant } from '../plants/draw.ts';
import { type Random, random } from '../random.ts';
import { writeHistory } from '../records/history.ts';
import type { Detail } from '../records/signals.ts';
import type { Happening } from '../schedule/scheduler.ts';
import { holdOtherLot } from './decoys.ts';
import { nextChecks } from './next-checks.ts';
import { plainQuestion } from './questions.ts';
import { type State, statesOf } from './stretches.ts';
import type { Case, CaseOptions, ChainLink, Truth } from './types.ts';

const detail: Detail = { rawEveryS: 5, rawForS: 900, rawAlways: true };
const minute = 60_000;

/** One line for about two and a half hours, with one stop of an everyday cause that lasts; everything is seen clearly. */
export function plainCase(options: Pick<CaseOptions, 'seed' | 'cause'>): Case {
  const rng = random(`case/${options.seed}`);
  const drawn = rng.pick(everydayFaults).cause;
  const fault = faultOf(options.cause ?? drawn);
  const plant = drawFitting(rng, fault.cause);
  const startAt = Date.UTC(2026, 8, 1) + rng.whole(0, 60 * 24 * 60) * minute;
  const live = openLive(plant, `${options.seed}/live`, startAt);
  const line = live.floor.lines[0]!;
  const stopAt = startAt + rng.whole(185, 215) * minute + rng.whole(0, 59_000);
  const place = rng.pick(fault.places(live.floor, line));
  const machine = line.machines.find((one) => one.id === place);
  const lag = machine ? lagS(line, machine) : 120;
  const durationS = Math.round(Math.max(rng.between(...fault.lastsS), lag * 1.5 + 420));
  live.scheduler.add({ kind: 'fault', line: line.id, at: stopAt, cause: fault.cause, durationS, place });
  decoys(live, line, fault.cause, stopAt, rng);
  const askedAt = askAt(line, fault.cause, startAt, stopAt, durationS, rng);
  // Settling is not recorded: a plant that is asked about has been running for long.
  while (live.floor.now < startAt + 60 * minute) live.minute();
  live.world.takeAlarms();
  const batches = [...writeHistory(live, askedAt, detail)];
  const happening = live.scheduler.happenings.find((one) => one.cause === fault.cause);
  if (!happening) throw new Error(`the fault of case ${options.seed} never began`);
  const states = batches.flatMap((batch) => statesOf(batch.records));
  const truth = truthOf(line, happening, fault.class, states, askedAt);
  const question = plainQuestion(plant.lines[0]?.name ?? line.id, rng);
  return { plant, batches, question, at: null, askedAt, truth };
}

/** Not every line can have every fault: draws until one can. */
function drawFitting(rng: Random, cause: string): Plant {
  const fault = faultOf(cause);
  for (;;) {
    const plant = drawPlant(rng);
    const { floor } = openLive(plant, 'fit', 0);
    if (floor.lines.some((line) => fault.places(floor, line).length > 0)) return plant;
  }
}

/** Half of the questions come while the line stands, half after it runs again. */
function askAt(
  line: LineSim,
  cause: string,
  startAt: Millis,
  stopAt: Millis,
  durationS: number,
  rng: Random,
): Millis {
  const setupS = standardS(line, 'changeover');
  const soonestS = cause === 'changeover_overrun' ? setupS + 900 : 240;
  const latestS = Math.max(soonestS + 60, durationS * 0.75);
  const afterS = rng.chance(0.5)
    ? rng.between(soonestS, latestS)
    : Math.max(durationS, setupS * 0.5) * 1.3 + 900;
  return startAt + Math.ceil((stopAt + afterS * 1000 - startAt) / minute) * minute;
}

/** Things that are true, and have nothing to do with it. */
function decoys(live: Live, line: LineSim, cause: string, stopAt: Millis, rng: Random): void {
  if (rng.chance(0.4)) {
    live.scheduler.add({
      kind: 'minor',
      line: line.id,
      at: stopAt - rng.whole(45, 80) * minute,
      durationS: rng.whole(70, 110),
    });
  }
  const spare = line.stations.filter((station) => !station.machines.includes(line.reference.id));
  const local = cause === 'quality_hold' || cause === 'component_stockout' || cause === 'dispatch_full';
  if (local && rng.chance(0.35)) rng.pick(spare).awayUntil = stopAt + 90 * minute;
  if (rng.chance(0.25)) holdOtherLot(live, line, stopAt, 26, rng);
}

const asOf = (states: readonly State[], equipment: string, t: Millis) =>
  states.findLast((one) => one.equipment === equipment && Date.parse(one.at) <= t);

function truthOf(
  line: LineSim,
  happening: Happening,
  kind: CauseClass,
  states: readonly State[],
  askedAt: Millis,
): Truth {
  const own = states.filter((one) => one.equipment === line.reference.id);
  const stopped = own.find((one) => !isProducing(one.state) && Date.parse(one.at) >= happening.at - 90_000);
  const from = stopped ? Date.parse(stopped.at) : happening.at;
  const again = own.find((one) => isProducing(one.state) && Date.parse(one.at) > from);
  const machine = line.machines.some((one) => one.id === happening.place) ? happening.place : null;
  return {
    cause: happening.cause,
    class: kind,
    machine,
    place: happening.place,
    chain: chainOf(line, happening.place, states, from),
    stop: { from: iso(from), to: again && Date.parse(again.at) <= askedAt ? again.at : null },
    causes: [{ cause: happening.cause, class: kind, place: happening.place, t0: iso(happening.at) }],
    kind: 'single',
    answerable: stopped === undefined ? 'no' : 'yes',
    evidence: [],
    next_check: nextChecks[happening.cause] ?? '',
    dials: null,
  };
}

/** The way the stop took: the machine that stood first of its own, then one starved machine after the other. */
function chainOf(line: LineSim, place: string, states: readonly State[], stopFrom: Millis): ChainLink[] {
  const since = (id: string) => asOf(states, id, stopFrom + 1000)?.at ?? iso(stopFrom);
  const { reference } = line;
  const starvedFrom = (machine: LineSim['machines'][number]) => {
    const links: ChainLink[] = [];
    const path = pathTo(line, machine);
    for (const [i, next] of path.slice(1).entries()) {
      links.push({ from: path[i]?.id ?? '', to: next.id, kind: 'starved', at: since(next.id) });
    }
    return links;
  };
  const own = line.machines.find((machine) => machine.id === place);
  if (own) return starvedFrom(own);
  const first = line.machines[0] ?? reference;
  if (place === line.supplyId)
    return [{ from: place, to: first.id, kind: 'starved', at: since(first.id) }, ...starvedFrom(first)];
  if (place === line.dispatchId)
    return [{ from: place, to: reference.id, kind: 'blocked', at: since(reference.id) }];
  if (place === line.id) return [{ from: place, to: reference.id, kind: 'stopped', at: since(reference.id) }];
  const hit = nearestHeld(line, states, stopFrom);
  const shared = line.machines.some((machine) => machine.host?.id === place) ? 'system' : 'utility';
  return [{ from: place, to: hit.id, kind: shared, at: since(hit.id) }, ...starvedFrom(hit)];
}

/** Up the line from the reference while machines are starved, to one that stands of its own. */
function nearestHeld(line: LineSim, states: readonly State[], t: Millis): LineSim['machines'][number] {
  let machine = line.reference;
  for (let i = 0; i < line.machines.length; i += 1) {
    if (asOf(states, machine.id, t + 1000)?.waiting !== 'starved') return machine;
    const before = machine.inputs.map((edge) => edge.from);
    const standing = before.find((one) => !isProducing(asOf(states, one.id, t + 1000)?.state ?? 'Execute'));
    machine = standing ?? before[0] ?? machine;
  }
  return machine;
}
