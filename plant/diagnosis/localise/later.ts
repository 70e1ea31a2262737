import { isWaiting } from '../../state.ts';
import type { Millis } from '../../time.ts';
import type { Origin } from './origin.ts';
import { originOf } from './origin.ts';
import { loneOrigins, sharedOf } from './shared.ts';
import type { Scene } from '../scene.ts';
import { sceneFrom } from '../scene.ts';
import { seedOf } from './spread.ts';
import type { MachineStand } from './stands.ts';
import type { StateSpan } from '../records/timeline.ts';
import { kindOf, leans } from './stands.ts';

/**
 * A second thing that went wrong while the first kept the line standing, and outlasted it. `scene`: the same one
 * as it was when that began; `origins`: where it lies, so that its cause is looked for like the first one's.
 */
type Later = { scene: Scene; origins: Origin[]; from: Millis; to: Millis };

const times = {
  /** What stands this much longer than the first thing lasted stands for another reason; restarts take up to a minute. */
  outlasts: 60_000,
  /** From the release of a machine until product has come through the line again. */
  runsAgain: 600_000,
  /** What began well before the first thing was over kept the line standing only where it lasted almost to the end. */
  fills: 180_000,
  /** A second fault shows when the machine tries to start again, not long before. */
  tries: 120_000,
  /** The line may have run for some moments since: a stand that began so soon after is the one in which the first thing began. */
  soon: 120_000,
  /** Alarms with which a machine came to stand, as in its stand. */
  came: 30_000,
  /** Alarms of one fault follow each other within this. */
  sameFault: 90_000,
};

/** The place of a second thing is clear, since a machine stands on by itself; what it shares with others may be why. Shares of 1. */
const shares = { machine: 0.9, shared: 0.3 };

/** When half of the machines it stopped were released again; null: they were not. */
function releasedAt({ floor }: Scene, first: Origin): Millis | null {
  const ends = first.hit
    .flatMap((machine) => {
      const near = (floor.stands.get(machine) ?? []).filter((stand) => stand.to > first.onset);
      const then = near.find(({ from }) => from <= first.onset + floor.tolerance + times.soon);
      return then?.to ?? [];
    })
    .sort((a, b) => a - b);
  return ends[(ends.length - 1) >> 1] ?? null;
}

/** When the alarms went with which its one machine had come to stand; null: none, or they stay. */
function clearedAt(first: Origin): Millis | null {
  if (first.kind !== 'machine' || !first.stand) return null;
  const { from, alarms } = first.stand;
  const came = alarms.filter((alarm) => !alarm.chatters && Math.abs(alarm.from - from) <= times.came);
  return came.length === 0 ? null : Math.max(...came.map(({ to }) => to));
}

/** When the first thing was over. null: it goes on. */
function overAt(scene: Scene, first: Origin): Millis | null {
  const over = Math.min(releasedAt(scene, first) ?? Infinity, clearedAt(first) ?? Infinity);
  return over > scene.end - times.outlasts ? null : over;
}

/** Not those in which a machine gets ready to run. */
const readying: ReadonlySet<string> = new Set(['Unholding', 'Clearing', 'Resetting', 'Starting', 'Execute']);
const stands = ({ state }: StateSpan): boolean => !isWaiting(state) && !readying.has(state);

/**
 * The part of a stand that began anew: the first alarm of a fault, or change of state, while the first thing kept
 * the line standing or as the machine tried to start, that lasts beyond it.
 */
function renewed(scene: Scene, stand: MachineStand, first: Origin, over: Millis): MachineStand | null {
  const shift = stand.from - (stand.spans[0]?.from ?? stand.from);
  const after = Math.max(
    first.onset + times.outlasts,
    stand.machine === first.entry ? over - times.tries : 0,
  );
  const inTime = (from: Millis, to: Millis): boolean =>
    from >= after &&
    from <= over + times.tries &&
    (from >= over - times.tries || (to > over + times.outlasts && to >= scene.end - times.fills));
  const alarms = scene.alarms.filter(
    (alarm) =>
      alarm.equipment === stand.machine &&
      alarm.says === 'fault' &&
      !alarm.chatters &&
      inTime(alarm.from, alarm.to),
  );
  const spans = stand.spans.filter((span) => inTime(span.from + shift, span.to + shift) && stands(span));
  const begins = [...alarms.map(({ from }) => from), ...spans.map((span) => span.from + shift)];
  if (begins.length === 0) return null;
  const from = Math.min(...begins);
  const last = spans.at(-1) ?? stand.span;
  const kind = spans.map(kindOf).includes('internal') || alarms.length > 0 ? 'internal' : 'generic';
  return {
    ...stand,
    from,
    kind,
    span: last,
    spans: spans.length > 0 ? spans : [last],
    lean: { ...leans[kind] },
    alarms: alarms.filter((alarm) => alarm.from <= from + times.sameFault),
  };
}

const waitsAt = ({ spans, from }: MachineStand, at: Millis): boolean => {
  const shift = from - (spans[0]?.from ?? from);
  const span = spans.findLast((one) => one.from + shift <= at);
  return span !== undefined && (span.waiting !== null || isWaiting(span.state));
};

/** What kept the line standing after its first origin was over, oldest first; usually nothing. */
export function laterOrigins(scene: Scene, first: Origin): Later[] {
  const over = overAt(scene, first);
  if (over === null) return [];
  const { floor } = scene;
  // The line never ran in between: it fills again for some minutes before its reference machine has product.
  const until = Math.min(over + times.runsAgain, scene.end);
  const found = [...floor.stands].flatMap(([, stands]): MachineStand[] => {
    const next = stands.find((one) => one.from > over && one.from <= until && one.kind === 'internal');
    const stand = stands.findLast((one) => one.from <= over + times.tries && one.to > over + times.outlasts);
    if (next && next.to >= scene.end - times.runsAgain && next !== stand) return [next];
    if (!stand || waitsAt(stand, over + times.outlasts / 2)) return [];
    if (stand.from > first.onset + times.outlasts && stand.from > over - times.tries)
      return stand.kind === 'internal' ? [stand] : [];
    const again = renewed(scene, stand, first, over);
    return again ? [again] : [];
  });
  return found
    .toSorted((a, b) => a.from - b.from)
    .flatMap((stand): Later[] => {
      const stands = new Map(floor.stands).set(stand.machine, [stand]);
      const then = { ...floor, stoppedAt: Math.max(floor.stoppedAt, stand.from), stands };
      const origin = originOf(then, stand.machine, 'machine', [seedOf(stand)], 0);
      // Only what leads to the machine that the line is judged by kept the line standing.
      if (!origin || origin.path[0]?.machine !== stand.machine) return [];
      const lone = sharedOf(scene.plant, then).flatMap((one) => loneOrigins(then, one, [origin]));
      const origins = [
        { ...origin, p: shares.machine },
        ...lone.map((one) => ({ ...one, p: shares.shared })),
      ];
      return [{ scene: sceneFrom(scene, stand.from, then), origins, from: stand.from, to: stand.to }];
    });
}
