import type { Plant } from '../../plant/equipment.ts';
import type { Millis } from '../../plant/time.ts';
import { faultOf } from '../faults/catalogue.ts';
import { type Live, openLive } from '../live-world.ts';
import type { Told } from '../observers/told.ts';
import { isLane, lagS } from '../physics/flow.ts';
import type { LineSim } from '../physics/model.ts';
import { standardS } from '../physics/phase.ts';
import { drawWidePlant } from '../plants/draw-wide.ts';
import type { Random } from '../random.ts';
import { writeHistory } from '../records/history.ts';
import type { Detail } from '../records/signals.ts';
import { breaksIn } from '../schedule/plant-day.ts';
import { addDecoys } from './decoys.ts';
import type { Script } from './draw.ts';
import type { CaseOptions, Dials, OneCause } from './types.ts';

/** A case played to its question, as the plant itself knows it. */
export type Staged = {
  plant: Plant;
  live: Live;
  line: LineSim;
  told: Told;
  causes: OneCause[];
  /** When it was to stand. */
  plannedAt: Millis;
  recordedFrom: Millis;
  askedAt: Millis;
};

const minute = 60_000;
const settleMs = 45 * minute;
/** Compounds: how long after the first the second begins, and how long it goes on, seconds. */
const second = { after: 420, lasts: 1300 };

/** Draws plants until one can have it. */
function castPlant(script: Script, rng: Random): { plant: Plant; places: string[] } {
  for (let i = 0; i < 600; i += 1) {
    const plant = drawWidePlant(rng);
    const live = openLive(plant, 'fit', 0, true);
    const line = live.floor.lines[0]!;
    const lists = script.causes.map((cause) => placesOf(live, line, cause, script));
    if (lists.some((list) => list.length === 0)) continue;
    const first = rng.pick(lists[0]!);
    // What follows at the same machine follows from the same trouble; a jam when the air is back hits the end of the line.
    const then = lists[1]?.includes(first) ? first : lists[1]?.at(-1);
    return { plant, places: then === undefined ? [first] : [first, then] };
  }
  throw new RangeError(`no plant can have ${script.causes.join(' and ')}`);
}

function placesOf(live: Live, line: LineSim, cause: string, script: Script): string[] {
  const lanes = line.machines.filter(isLane).map((machine) => machine.id);
  if (cause === 'nothing' || cause === 'break') return [line.id];
  if (cause === 'lane_down') return lanes;
  const places = faultOf(cause)
    .places(live.floor, line)
    .filter((place) => !lanes.includes(place));
  if (cause === 'absorbed_jam')
    return places.filter(
      (place) =>
        lagS(
          line,
          line.machines.find((one) => one.id === place)!,
        ) > 115,
    );
  if (script.kind === 'compound' && cause === 'infeed_jam')
    return places.filter((place) => place === line.reference.id);
  return places;
}

/** The moment of the day: away from breaks, or at the beginning of one. */
function startOf(plant: Plant, script: Script, leadMs: number, tailMs: number, rng: Random): Millis {
  for (;;) {
    const day = Date.UTC(2026, 8, 1) + rng.whole(0, 60) * 24 * 60 * minute;
    const any = day + rng.whole(0, 24 * 60) * minute;
    if (script.causes[0] === 'break') {
      const pause = breaksIn(plant, any, any + 24 * 60 * minute)[0];
      if (pause) return pause.from - leadMs;
      continue;
    }
    if (breaksIn(plant, any + settleMs - 30 * minute, any + leadMs + tailMs).length === 0) return any;
  }
}

const durationOf = (line: LineSim, script: Script, rng: Random): number => {
  const [cause = ''] = script.causes;
  if (cause === 'break') return 1800;
  if (cause === 'lane_down') return 1500;
  if (cause === 'nothing') return 600;
  const drawn = rng.between(...faultOf(cause).lastsS);
  if (cause === 'changeover') return standardS(line, 'changeover') * 0.6;
  if (cause === 'cleaning') return standardS(line, 'cleaning') * 0.7;
  if (cause === 'changeover_overrun') return Math.max(drawn, standardS(line, 'changeover') + 900);
  if (cause === 'cleaning_overrun') return Math.max(drawn, standardS(line, 'cleaning') + 900);
  return drawn;
};

/** How soon after it stands somebody can ask and the answer is already there, seconds. */
function soonestS(line: LineSim, script: Script): number {
  const [cause] = script.causes;
  if (script.kind === 'compound') return second.after + 240;
  if (cause === 'changeover_overrun') return standardS(line, 'changeover') + 600;
  if (cause === 'cleaning_overrun') return standardS(line, 'cleaning') + 500;
  return cause === 'waiting_for_maintenance' ? 480 : 240;
}

/** Plays one attempt. */
export function stage(options: CaseOptions, script: Script, dials: Dials, seed: string, rng: Random): Staged {
  const { plant, places } = castPlant(script, rng.fork('cast'));
  const day = rng.fork('day');
  const probe = openLive(plant, `${seed}/live`, 0, true).floor.lines[0]!;
  const place = probe.machines.find((one) => one.id === places[0]);
  const lag = place ? lagS(probe, place) : 120;
  const durationS = Math.round(Math.max(durationOf(probe, script, day), lag * 1.5 + 420));
  const wholeS = script.kind === 'compound' ? second.after + second.lasts : durationS;
  const soonS = soonestS(probe, script);
  // Half of the questions come while the line stands, half after it runs again.
  const standing = day.chance(0.5);
  const afterS = standing ? day.between(soonS, Math.max(soonS + 60, wholeS * 0.8)) : wholeS * 1.3 + 900;
  const leadMs = day.whole(125, 150) * minute + day.whole(0, 59_000);
  const startAt = startOf(plant, script, Math.ceil(leadMs / minute) * minute, afterS * 1000, day);
  const live = openLive(plant, `${seed}/live`, startAt, true);
  const line = live.floor.lines[0]!;
  const plannedAt =
    script.causes[0] === 'break' ? startAt + Math.ceil(leadMs / minute) * minute : startAt + leadMs;
  const askedAt = startAt + Math.ceil((plannedAt + afterS * 1000 - startAt) / minute) * minute;
  const bare = options.stock === 'absent';
  if (options.without !== 'fault') schedule(live, line, script, places, { at: plannedAt, durationS, bare });
  while (live.floor.now < startAt + settleMs) live.minute();
  live.world.takeAlarms();
  addDecoys({ live, line, script, places, plannedAt, strength: dials.decoys }, rng.fork('decoys'));
  const detail: Detail = {
    rawEveryS: 10,
    rawForS: 1500,
    rawAlways: true,
    jumps: true,
    rawFrom: plannedAt - lag * 1000 - 20 * minute,
    rawUntil: plannedAt + 6 * minute,
    suppliesEveryMs: 6000,
  };
  const told: Told = { records: [], readings: [], minutes: [] };
  for (const batch of writeHistory(live, askedAt, detail)) {
    told.records.push(...batch.records);
    told.readings.push(...batch.readings);
    told.minutes.push(...batch.minutes);
  }
  return {
    plant,
    live,
    line,
    told,
    causes: options.without === 'fault' ? [] : causesOf(live, line, script, options, places, plannedAt),
    plannedAt,
    recordedFrom: startAt + settleMs,
    askedAt,
  };
}

function schedule(
  live: Live,
  line: LineSim,
  script: Script,
  places: readonly string[],
  of: { at: Millis; durationS: number; bare: boolean },
): void {
  const add = (cause: string, place: string, at: Millis, durationS: number) =>
    live.scheduler.add({ kind: 'fault', line: line.id, at, cause, durationS, place, bare: of.bare });
  const [first = '', then] = script.causes;
  const [place = line.id, thenAt = place] = places;
  if (first === 'nothing') return;
  if (first === 'break') {
    live.scheduler.add({ kind: 'break', line: line.id, at: of.at, durationS: of.durationS });
    return;
  }
  if (then === undefined)
    return add(first === 'lane_down' ? 'infeed_jam' : first, place, of.at, of.durationS);
  add(first, place, of.at, second.after);
  // When the first is over the second is there already.
  add(then, thenAt, of.at + (second.after - 40) * 1000, then === 'infeed_jam' ? 420 : second.lasts);
}

function causesOf(
  live: Live,
  line: LineSim,
  script: Script,
  options: CaseOptions,
  places: readonly string[],
  plannedAt: Millis,
): OneCause[] {
  const [cause] = script.causes;
  const when = (t: Millis) => new Date(t).toISOString();
  if (cause === 'break') return [{ cause, class: 'planning', place: line.id, t0: when(plannedAt) }];
  const own = live.scheduler.happenings.filter((one) => places.includes(one.place));
  return own.map((one): OneCause => {
    if (one.cause === 'consumable_empty' && options.stock === 'absent')
      return { cause: 'component_stockout', class: 'material', place: line.supplyId, t0: when(one.at) };
    const known = one.cause === 'absorbed_jam' ? 'infeed_jam' : one.cause;
    return { cause: known, class: faultOf(known).class, place: one.place, t0: when(one.at) };
  });
}
