import type { Plant } from '../plant/equipment.ts';
import type { Batch } from '../plant/record.ts';
import type { Millis } from '../plant/time.ts';
import { faultOf } from './faults/catalogue.ts';
import { writeHistory } from './records/history.ts';
import { type Live, openLive } from './live-world.ts';
import { planNext, planPast, planStart } from './schedule/plan.ts';
import { demoPlant } from './plants/demo.ts';
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

/**
 * Opens the plant some time before `now`. `history()` plays the past; whoever steps the world without having read it
 * gets the same plant, with the past played unseen.
 */
export function openPlant(options: PlantOptions): OpenPlant {
  const now = Math.floor(options.now / 60_000) * 60_000;
  const pastMs = (options.pastDays ?? 14) * 86_400_000;
  const live = openLive(options.plant ?? demoPlant, options.seed, now - Math.max(pastMs, settleMs));
  const { floor, scheduler, rng } = live;
  const story = options.liveStop === null ? null : storyOf(live, options, now);
  if (pastMs > 0) {
    const planned = planPast(floor, floor.now + 3_600_000, now - 3 * 3_600_000, rng);
    for (const item of planned) scheduler.add(item);
  }
  if (story) {
    scheduler.add(story.before);
    scheduler.add(story.live);
  }
  let played = false;
  function* unseen(): Generator<AlarmChange[]> {
    if (played) return;
    played = true;
    while (floor.now < now) {
      live.minute();
      if (floor.now % 3_600_000 === 0 || floor.now >= now) yield live.world.takeAlarms();
    }
  }
  const play = () => {
    for (const _ of unseen());
  };
  const world: World = {
    ...live.world,
    step() {
      play();
      live.world.step();
      if (floor.now % 60_000 === 0) goOn(live);
    },
  };
  return {
    world,
    *history() {
      if (played) return;
      played = true;
      yield* writeHistory(live, now);
    },
    unseen,
    scheduleStop(line, inSeconds, cause, durationS) {
      play();
      const chosen = cause ?? planNext(floor, lineOf(live, line), floor.now, rng);
      const fault = typeof chosen === 'string' ? faultOf(chosen) : null;
      const at = floor.now + inSeconds * 1000;
      if (!fault) scheduler.add({ ...(chosen as Exclude<typeof chosen, string>), at });
      else {
        const lasts = durationS ?? Math.round(rng.between(...fault.lastsS));
        scheduler.add({ kind: 'fault', line, at, cause: fault.cause, durationS: lasts });
      }
    },
    happenings: () => scheduler.happenings,
  };
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
