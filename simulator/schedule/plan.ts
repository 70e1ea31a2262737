import type { Millis } from '../../plant/time.ts';
import { everydayFaults, faultOf } from '../faults/catalogue.ts';
import type { Floor, LineSim } from '../physics/model.ts';
import { standardS } from '../physics/phase.ts';
import type { Random } from '../random.ts';
import { breaksIn, shiftStart } from './plant-day.ts';
import type { Item } from './scheduler.ts';

/** Stops per line over the whole past, and how many of them every line shares (air, label server). */
const slots = 39;
const sharedSlots = 5;

const durationOf = (cause: string, rng: Random) => Math.round(rng.between(...faultOf(cause).lastsS));
const local = (floor: Floor, line: LineSim) =>
  everydayFaults.filter((fault) => fault.places(floor, line).some((place) => !isShared(floor, place)));
const isShared = (floor: Floor, place: string) =>
  place === floor.air.id || floor.hosts.some((host) => host.id === place);

/** Where in slot `i` something lies: away from the edges, so that two stops never meet. */
function moment(from: Millis, length: Millis, i: number, rng: Random): Millis {
  return Math.round((from + length * (i + rng.between(0.2, 0.7))) / 1000) * 1000;
}

/** The stops of the past, drawn before it begins: every cause of every line at least once, changeovers, breaks, small stops. */
export function planPast(floor: Floor, from: Millis, to: Millis, rng: Random): Item[] {
  const length = (to - from) / slots;
  const indices = rng.shuffle(Array.from({ length: slots }, (_, i) => i));
  const common = new Set(indices.slice(0, sharedSlots));
  const items: Item[] = [];
  for (const [n, i] of [...common].entries()) {
    const line = rng.pick(floor.lines);
    const every = everydayFaults.filter((fault) =>
      fault.places(floor, line).some((place) => isShared(floor, place)),
    );
    const { cause } = every[n % every.length]!;
    items.push({
      kind: 'fault',
      line: line.id,
      at: moment(from, length, i, rng),
      cause,
      durationS: durationOf(cause, rng),
    });
  }
  for (const line of floor.lines)
    items.push(...planLine(floor, line, from, length, common, rng.fork(line.id)));
  return items;
}

function planLine(
  floor: Floor,
  line: LineSim,
  from: Millis,
  length: Millis,
  common: Set<number>,
  rng: Random,
): Item[] {
  const free = Array.from({ length: slots }, (_, i) => i).filter((i) => !common.has(i));
  const causes = local(floor, line).map((fault) => fault.cause);
  const often = causes.filter((cause) => cause !== 'changeover_overrun' && cause !== 'component_stockout');
  const kinds = rng.shuffle([
    ...causes,
    ...rng.shuffle(often).slice(0, 4),
    ...Array.from({ length: 7 }, () => 'changeover'),
    ...Array.from({ length: 5 }, () => 'break'),
    ...Array.from({ length: slots }, () => 'minor').slice(0, Math.max(0, free.length - causes.length - 16)),
  ]);
  return free.map((slot, n): Item => {
    const kind = kinds[n] ?? 'minor';
    const at = moment(from, length, slot, rng);
    const base = { line: line.id, at };
    if (kind === 'changeover') {
      return { kind, ...base, durationS: Math.round(standardS(line, 'changeover') * rng.between(0.7, 0.97)) };
    }
    if (kind === 'break') return pause(floor, line, from + length * slot, length, rng) ?? minor(base, rng);
    if (kind === 'minor') return minor(base, rng);
    return { kind: 'fault', ...base, cause: kind, durationS: durationOf(kind, rng) };
  });
}

const minor = (base: { line: string; at: Millis }, rng: Random): Item => ({
  kind: 'minor',
  ...base,
  durationS: rng.whole(70, 200),
});

function pause(floor: Floor, line: LineSim, from: Millis, length: Millis, rng: Random): Item | null {
  const options = breaksIn(floor.plant, from + length * 0.1, from + length * 0.85);
  if (options.length === 0) return null;
  const chosen = rng.pick(options);
  return { kind: 'break', line: line.id, at: chosen.from, durationS: chosen.durationS };
}

/** Causes that a line can show within a minute of standing, without being a plant-wide outage. */
const finishedBefore = ['infeed_jam', 'no_operator', 'infeed_jam', 'consumable_empty'];
const firstLive = [
  'consumable_empty',
  'compressed_air_low',
  'dispatch_full',
  'drive_trip',
  'system_no_answer',
  'quality_hold',
  'no_operator',
  'infeed_jam',
];

/** A finished stop of `line` earlier in this shift where it is old enough, and the stop that comes right after the start. */
export function planStart(
  floor: Floor,
  line: LineSim,
  now: Millis,
  liveInS: number,
  rng: Random,
  liveCause?: string,
): { before: Item; live: Item } {
  const began = shiftStart(floor.plant, now) ?? now - 4 * 3_600_000;
  const durationS = rng.whole(300, 480);
  // It has to be over twenty minutes before now, buffers refilled; just after a shift change it lies in the shift before.
  const latest = now - (26 * 60 + durationS) * 1000;
  const earliest = Math.max(began + 4 * 60_000, now - 110 * 60_000);
  const at = latest > earliest ? rng.between(earliest, latest) : latest - rng.whole(0, 300) * 1000;
  const live =
    liveCause ?? rng.pick(firstLive.filter((cause) => faultOf(cause).places(floor, line).length > 0));
  const cause = rng.pick(finishedBefore.filter((one) => one !== live));
  const place = rng.pick(faultOf(live).places(floor, line));
  return {
    before: { kind: 'fault', line: line.id, at: Math.round(at / 1000) * 1000, cause, durationS },
    live: {
      kind: 'fault',
      line: line.id,
      at: now + liveInS * 1000,
      cause: live,
      place,
      durationS: rng.whole(300, 540),
    },
  };
}

/** What comes next on a line while it runs live. */
export function planNext(floor: Floor, line: LineSim, t: Millis, rng: Random): Item {
  const at = t + rng.whole(35, 100) * 60_000;
  const base = { line: line.id, at };
  const kind = rng.next();
  if (kind < 0.3) return minor(base, rng);
  if (kind < 0.42) {
    return {
      kind: 'changeover',
      ...base,
      durationS: Math.round(standardS(line, 'changeover') * 0.9),
    };
  }
  const soon = everydayFaults.filter((fault) => {
    const place = fault.places(floor, line)[0];
    return place !== undefined && fault.leadS(line, place) <= 5400;
  });
  const { cause } = rng.pick(soon);
  return { kind: 'fault', ...base, cause, durationS: durationOf(cause, rng) };
}
