import type { Plant } from '../plant/equipment.ts';
import type { Batch } from '../plant/record.ts';
import type { Millis } from '../plant/time.ts';
import { faultOf } from './faults/catalogue.ts';
import { type Live, openLive } from './live-world.ts';
import { demoPlant } from './plants/demo.ts';
import { writeHistory } from './records/history.ts';
import { planNext, planPast, planStart } from './schedule/plan.ts';
import type { Happening } from './schedule/scheduler.ts';
import type { AlarmChange, World } from './world.ts';

export type PlantOptions = {
  seed: string | number;
  now: Millis;
  plant?: Plant;
  /** Days of the past; 0: only as much as the plant needs to settle, unseen. */
  pastDays?: number;
  /** Which line stops soon after the start, when (seconds) and why; by default the seed decides why. */
  liveStop?: { line?: string; inSeconds?: number; cause?: string } | null;
};

/** The simulated plant: its past, and the world that goes on from there. */
export type OpenPlant = {
  world: World;
  /** The past up to `now`, as the connectors would have given it. To be read once, before the world steps on. */
  history(): Generator<Batch>;
  /** The same past where nobody writes it down, in a third of the time: the alarms of each hour. To be read once. */
  unseen(): Generator<AlarmChange[]>;
  /** Makes a line stop so many seconds from now. Without a cause one is drawn. */
  scheduleStop(line: string, inSeconds: number, cause?: string, durationS?: number): void;
  /** What really happened: for tests and evals, never for a server. */
  happenings(): readonly Happening[];
};

/** The line of the demo that stops first; another plant: its first line. */
const storyLine = 'line-3';
/** Long enough for every buffer, store and temperature to have settled. */
const settleMs = 3 * 3_600_000;

/** The past up to `now`, which is played once: written down, unseen, or by whoever first wants the world to go on. */
type Past = { live: Live; now: Millis; played: boolean };

/**
 * Opens the plant some time before `now`. `history()` plays the past; whoever steps the world without having read it
 * gets the same plant, with the past played unseen.
 */
export function openPlant(options: PlantOptions): OpenPlant {
  const now = Math.floor(options.now / 60_000) * 60_000;
  const pastMs = (options.pastDays ?? 14) * 86_400_000;
  const live = openLive(options.plant ?? demoPlant, options.seed, now - Math.max(pastMs, settleMs));
  planAhead(live, options, now, pastMs > 0);
  const past: Past = { live, now, played: false };
  return {
    world: {
      ...live.world,
      step() {
        play(past);
        live.world.step();
        if (live.floor.now % 60_000 === 0) goOn(live);
      },
    },
    history: () => written(past),
    unseen: () => unseen(past),
    scheduleStop(line, inSeconds, cause, durationS) {
      play(past);
      addStop(live, line, inSeconds, cause, durationS);
    },
    happenings: () => live.scheduler.happenings,
  };
}

function planAhead(live: Live, options: PlantOptions, now: Millis, hasPast: boolean): void {
  const { floor, scheduler, rng } = live;
  const story = options.liveStop === null ? null : storyOf(live, options, now);
  if (hasPast)
    for (const item of planPast(floor, floor.now + 3_600_000, now - 3 * 3_600_000, rng)) scheduler.add(item);
  if (story) {
    scheduler.add(story.before);
    scheduler.add(story.live);
  }
}

function* written(past: Past): Generator<Batch> {
  if (past.played) return;
  past.played = true;
  yield* writeHistory(past.live, past.now);
}

function* unseen(past: Past): Generator<AlarmChange[]> {
  if (past.played) return;
  past.played = true;
  const { floor, world, minute } = past.live;
  while (floor.now < past.now) {
    minute();
    if (floor.now % 3_600_000 === 0 || floor.now >= past.now) yield world.takeAlarms();
  }
}

const play = (past: Past): void => {
  for (const _ of unseen(past));
};

function addStop(live: Live, line: string, inSeconds: number, cause?: string, durationS?: number): void {
  const { floor, scheduler, rng } = live;
  const at = floor.now + inSeconds * 1000;
  if (cause === undefined) {
    scheduler.add({ ...planNext(floor, lineOf(live, line), floor.now, rng), at });
    return;
  }
  const lasts = durationS ?? Math.round(rng.between(...faultOf(cause).lastsS));
  scheduler.add({ kind: 'fault', line, at, cause, durationS: lasts });
}

const lineOf = (live: Live, id: string) => {
  const line = live.floor.lines.find((one) => one.id === id);
  if (!line) throw new RangeError(`no such line: ${id}`);
  return line;
};

function storyOf(live: Live, options: PlantOptions, now: Millis) {
  const { liveStop } = options;
  const id =
    liveStop?.line ??
    live.floor.lines.find((line) => line.id === storyLine)?.id ??
    live.floor.lines[0]?.id ??
    '';
  return planStart(
    live.floor,
    lineOf(live, id),
    now,
    liveStop?.inSeconds ?? 38,
    live.rng.fork('story'),
    liveStop?.cause,
  );
}

/** Keeps a line's future filled: a few stops in a shift. */
function goOn(live: Live): void {
  for (const line of live.floor.lines) {
    if (!live.scheduler.pending(line.id))
      live.scheduler.add(planNext(live.floor, line, live.floor.now, live.rng));
  }
}
