import { isWaiting } from '../state.ts';
import type { Millis } from '../time.ts';
import type { Origin } from './origin.ts';
import { originOf } from './origin.ts';
import type { Scene } from './scene.ts';
import { sceneFrom } from './scene.ts';
import type { MachineStand } from './stands.ts';
import { kindOf, leans } from './stands.ts';

/**
 * A second thing that went wrong while the first kept the line standing, and outlasted it. `scene`: the same one
 * as it was when that began; `origins`: where it lies, so that its cause is looked for like the first one's.
 */
type Later = { scene: Scene; origins: Origin[]; from: Millis; to: Millis };

/** What stands this much longer than the first thing lasted stands for another reason; restarts take up to a minute. */
const outlastsMs = 60_000;
/** A second fault shows when the machine tries to start again, not long before. */
const triesMs = 120_000;

/** When the first thing was over: when half of the machines it stopped were released again. null: it goes on. */
function overAt({ floor, end }: Scene, first: Origin): Millis | null {
  const ends = first.hit
    .flatMap((machine) => {
      const near = (floor.stands.get(machine) ?? []).filter(
        (stand) => stand.from <= floor.stoppedAt + floor.tolerance + 60_000 && stand.to > first.onset,
      );
      return near.at(-1)?.to ?? [];
    })
    .sort((a, b) => a - b);
  const middle = ends[(ends.length - 1) >> 1];
  return middle === undefined || middle > end - outlastsMs ? null : middle;
}

/** The part of a stand that began anew: the first alarm of a fault or change of state about when the first thing was over. */
function renewed(scene: Scene, stand: MachineStand, first: Origin, over: Millis): MachineStand | null {
  const shift = stand.from - (stand.spans[0]?.from ?? stand.from);
  const after = Math.max(first.onset + outlastsMs, over - triesMs);
  const inTime = (at: Millis): boolean => at >= after && at <= over + triesMs;
  const alarms = scene.alarms.filter(
    (alarm) =>
      alarm.equipment === stand.machine && alarm.says === 'fault' && !alarm.chatters && inTime(alarm.from),
  );
  const spans = stand.spans.filter((span) => inTime(span.from + shift) && !isWaiting(span.state));
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
    alarms: alarms.filter((alarm) => alarm.from <= from + 90_000),
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
  const found = [...floor.stands].flatMap(([, stands]): MachineStand[] => {
    const stand = stands.findLast((one) => one.from <= over + triesMs && one.to > over + outlastsMs);
    if (!stand || waitsAt(stand, over + outlastsMs / 2)) return [];
    if (stand.from > first.onset + outlastsMs && stand.from > over - triesMs)
      return stand.kind === 'internal' && stand.machine !== first.entry ? [stand] : [];
    const again = renewed(scene, stand, first, over);
    return again ? [again] : [];
  });
  return found
    .toSorted((a, b) => a.from - b.from)
    .flatMap((stand): Later[] => {
      const stands = new Map(floor.stands).set(stand.machine, [stand]);
      const then = { ...floor, stoppedAt: Math.max(floor.stoppedAt, stand.from), stands };
      const seed = { machine: stand.machine, way: 'own' as const, stand, from: stand.from, to: stand.to };
      const origin = originOf(then, stand.machine, 'machine', [seed], 0);
      // Only what leads to the machine that the line is judged by kept the line standing.
      if (!origin || origin.path[0]?.machine !== stand.machine) return [];
      const origins = [{ ...origin, p: 0.9 }];
      return [{ scene: sceneFrom(scene, stand.from, then), origins, from: stand.from, to: stand.to }];
    });
}
