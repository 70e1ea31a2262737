import type { FlowEdge } from '../../equipment.ts';
import type { Millis } from '../../time.ts';
import { isInternal, isWaiting } from '../../state.ts';
import type { AlarmSpan } from '../records/alarms.ts';
import type { Clocks } from '../records/clocks.ts';
import { blocked, faultState, starved } from '../cues/concepts.ts';
import type { Level } from './levels.ts';
import { levelSays } from './levels.ts';
import type { StateSpan } from '../records/timeline.ts';
import { producesIn } from '../records/timeline.ts';
import type { Flow } from './topology.ts';
import { mentions, folded } from '../records/words.ts';

export type StandKind = 'internal' | 'setup' | 'generic' | 'starved' | 'blocked' | 'waiting';

/** How well a stand fits each reading of it, in log-odds: a fault of its own, nothing comes in, nothing can leave. */
type Lean = { own: number; starved: number; blocked: number };

/** A machine standing without a run in between. Times are Andon's; `to`: Infinity where it goes on. */
export type MachineStand = {
  machine: string;
  from: Millis;
  to: Millis;
  kind: StandKind;
  /** The state that tells the kind: the first one that says more than "stopped". */
  span: StateSpan;
  spans: StateSpan[];
  lean: Lean;
  /** Alarms of this machine that came with the stand and tell of a fault. */
  alarms: AlarmSpan[];
};

/**
 * What each kind of stand says by itself, log-odds: a fault is decisive (3), a wait less, since it does not say for
 * which neighbour. Where a fault counts nothing, 10 of the 673 chains that are right of 893 training stops are lost;
 * what a plain "stopped", a setup or a wait without a direction says changes 3 places at most.
 */
export const leans: Record<StandKind, Lean> = {
  internal: { own: 3, starved: -1.5, blocked: -1.5 },
  setup: { own: 2.5, starved: -1, blocked: -1 },
  generic: { own: 0.5, starved: 0.3, blocked: 0.3 },
  starved: { own: -2, starved: 1.5, blocked: -2 },
  blocked: { own: -2, starved: -2, blocked: 1.5 },
  waiting: { own: -1.5, starved: 0.8, blocked: 0.8 },
};

export function kindOf(span: StateSpan): StandKind {
  if (span.waiting !== null) return span.waiting;
  if (isInternal(span.state)) return 'internal';
  if (span.mode === 'Setup' || span.mode === 'Clean') return 'setup';
  const word = folded(span.raw);
  if (mentions(word, blocked)) return 'blocked';
  if (mentions(word, starved)) return 'starved';
  if (isWaiting(span.state)) return 'waiting';
  return faultState.test(word) ? 'internal' : 'generic';
}

/**
 * What buffers and alarms beside the stand add to that. Log-odds. Of 804 places that are right of 893 training stops 9
 * are wrong where an alarm that says it waits adds nothing, 5 where it takes nothing from a fault of its own.
 */
const points = {
  /** Its buffer is empty (or full): it rather waits; all of them are half full: it does not. */
  buffer: { waits: -0.5, doesNot: 0.7 },
  /** An alarm that says it waits, for that way and against a fault of its own; and one of a fault. */
  alarm: { waits: 1, notOwn: -0.5, fault: 1 },
};

/** Before this much time a plain word such as Stopped may still become the state that says why. */
const settleMs = 45_000;

function decisive(spans: readonly StateSpan[]): StateSpan {
  const first = spans[0] as StateSpan;
  const telling = spans.find((span) => kindOf(span) !== 'generic' && span.from - first.from <= settleMs);
  return telling ?? first;
}

/**
 * A machine that turns for less than this tries to start. It is less than what ends a stop of the line (10 s), since one
 * machine passes product on sooner than a line does: with 10 s here 7 of 1,282 stored stops read otherwise, and of
 * those that can be decided one less is named.
 */
const machineTriesMs = 8_000;

function standsIn(machine: string, states: readonly StateSpan[], clocks: Clocks): MachineStand[] {
  const runs: StateSpan[][] = [];
  for (const span of states) {
    if (producesIn(span)) continue;
    const last = runs.at(-1);
    if (last && span.from - (last.at(-1) as StateSpan).to < machineTriesMs) last.push(span);
    else runs.push([span]);
  }
  return runs.map((spans) => {
    const span = decisive(spans);
    const first = spans[0] as StateSpan;
    const shift = clocks.shift(machine, first.record.source);
    const kind = kindOf(span);
    const lean = { ...leans[kind] };
    return {
      machine,
      from: first.from + shift,
      to: (spans.at(-1) as StateSpan).to + shift,
      kind,
      span,
      spans,
      lean,
      alarms: [],
    };
  });
}

/**
 * A machine beside a full or an empty buffer waits rather than stands by itself; where every way in (or out) is
 * measured and half full, it does not wait there. What a buffer says of one neighbour is weighed in the walk.
 */
function readBuffers(stand: MachineStand, flow: Flow, levels: ReadonlyMap<FlowEdge, Level>): void {
  if (stand.kind === 'internal') return;
  for (const way of ['starved', 'blocked'] as const) {
    const edges = (way === 'starved' ? flow.into : flow.outOf).get(stand.machine) ?? [];
    const told = edges.map((edge) => levelSays(levels.get(edge), stand.from, way));
    const portal = way === 'starved' ? 'supply' : 'dispatch';
    const elsewhere = flow.portals.some(({ kind, at }) => kind === portal && at === stand.machine);
    if (told.includes('waits')) stand.lean.own += points.buffer.waits;
    else if (
      stand.kind === 'generic' &&
      told.length > 0 &&
      told.every((one) => one === 'does not') &&
      !elsewhere
    )
      stand.lean.own += points.buffer.doesNot;
  }
}

/** An alarm that comes within this of the stand came with it. */
const besideMs = 30_000;
/** A machine says that it waits only after it has waited for a while: the delay keeps such alarms from chattering. */
const waitsMs = 90_000;

function readAlarms(stand: MachineStand, alarms: readonly AlarmSpan[], toleranceMs: number): void {
  const since = alarms.filter((alarm) => alarm.from >= stand.from - besideMs - toleranceMs);
  const near = since.filter((alarm) => alarm.from <= stand.from + besideMs + toleranceMs);
  const direction = since.find(
    (alarm) => alarm.says !== 'fault' && alarm.from <= stand.from + waitsMs + toleranceMs,
  );
  stand.alarms = near.filter((alarm) => alarm.says === 'fault');
  if (direction && stand.kind !== 'internal' && direction.says !== 'fault') {
    stand.lean[direction.says] += points.alarm.waits;
    stand.lean.own += points.alarm.notOwn;
  }
  const fault = stand.alarms.some((alarm) => !alarm.chatters);
  if (fault && (!direction || (stand.alarms[0] as AlarmSpan).from <= direction.from))
    stand.lean.own += points.alarm.fault;
}

/** Every stand that ended after `since`, by machine, oldest first. A machine that tells no state has no entry. */
export function machineStands(
  flow: Flow,
  states: ReadonlyMap<string, readonly StateSpan[]>,
  alarms: readonly AlarmSpan[],
  levels: ReadonlyMap<FlowEdge, Level>,
  clocks: Clocks,
  since: Millis,
): Map<string, MachineStand[]> {
  const found = new Map<string, MachineStand[]>();
  for (const machine of flow.machines) {
    const spans = states.get(machine);
    if (!spans || spans.length === 0) continue;
    const stands = standsIn(machine, spans, clocks).filter((stand) => stand.to >= since);
    const own = alarms.filter((alarm) => alarm.equipment === machine);
    for (const stand of stands) {
      readBuffers(stand, flow, levels);
      readAlarms(stand, own, clocks.tolerance);
    }
    found.set(machine, stands);
  }
  return found;
}
