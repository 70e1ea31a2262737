import type { CauseClass } from '../cause-class.ts';
import type { Line, Plant } from '../equipment.ts';
import type { PlantRecord, RecordKind, RecordOf } from '../record.ts';
import type { Millis } from '../time.ts';
import type { AlarmSpan } from './records/alarms.ts';
import { alarmSpans } from './records/alarms.ts';
import type { Clocks } from './records/clocks.ts';
import { clocksOf } from './records/clocks.ts';
import type { FramedStop } from './frame/frame.ts';
import { framesOf, lastMachines, referenceOf } from './frame/frame.ts';
import type { Hears } from './records/hearing.ts';
import { blindTimes, hearingOf } from './records/hearing.ts';
import type { ClockJump } from './records/jumps.ts';
import { clockJumps, steadied, steadySignals } from './records/jumps.ts';
import type { Signal } from './records/signals.ts';
import { signalsOf } from './records/signals.ts';
import { levelsOf } from './localise/levels.ts';
import type { PlannedTime } from './frame/planned.ts';
import type { Stretch } from './frame/shift-times.ts';
import type { Floor } from './localise/spread.ts';
import { machineStands } from './localise/stands.ts';
import type { MachineStand } from './localise/stands.ts';
import type { SignalWindow, StopCase } from './stop-case.ts';
import type { StateSpan } from './records/timeline.ts';
import { ofKind, timelines, timeOf } from './records/timeline.ts';
import type { Flow } from './localise/topology.ts';
import { flowOf } from './localise/topology.ts';

/** Everything around one stop, put in order once, that the steps of a diagnosis look at. */
export type Scene = {
  case: StopCase;
  plant: Plant;
  line: Line;
  flow: Flow;
  reference: string;
  /** Of the stop, by Andon's clock; an open stop ends now. */
  from: Millis;
  end: Millis;
  plans: readonly PlannedTime[];
  overrun: PlannedTime | null;
  clocks: Clocks;
  /** Clocks that jumped; the records of the case are put right. */
  jumps: readonly ClockJump[];
  states: ReadonlyMap<string, readonly StateSpan[]>;
  floor: Floor;
  alarms: readonly AlarmSpan[];
  signals: readonly Signal[];
  /** Everything of one kind that concerns this line, oldest first, all versions. */
  all<K extends RecordKind>(kind: K): readonly RecordOf<K>[];
  /** The same with each thing once, as it was known at the stop. */
  valid<K extends RecordKind>(kind: K): readonly RecordOf<K>[];
  hears: Hears;
  systems: ReadonlyMap<string, string>;
  /** Sources that count less than others, and how much of a whole. */
  trust: ReadonlyMap<string, number>;
  /** Of a second thing that went wrong: what the first one was. */
  after?: CauseClass;
};

/** Up to this long after the stop a first word about orders and stock still tells how it was then. */
const lateWordMs = 600_000;

function validAt<K extends RecordKind>(records: readonly RecordOf<K>[], at: Millis): RecordOf<K>[] {
  const newest = new Map<string, RecordOf<K>>();
  for (const record of records) {
    const key = `${record.source}/${record.key}`;
    const time = timeOf(record);
    if (time <= at || (!newest.has(key) && time <= at + lateWordMs)) newest.set(key, record);
  }
  return [...newest.values()];
}

/** That alarms were not seen is no word about a machine: it told all else. */
const alarmsAlone = (record: PlantRecord): boolean => record.kind === 'gap' && record.only === 'alarms';

function recordsOf(scene: Pick<Scene, 'case' | 'plant' | 'line' | 'flow' | 'from'>) {
  const { plant, line, flow } = scene;
  const ours = new Set([
    line.id,
    ...flow.machines,
    ...flow.portals.map(({ id }) => id),
    ...plant.utilities.map(({ id }) => id),
    ...plant.systems.map(({ id }) => id),
  ]);
  const kept = new Map<RecordKind, readonly PlantRecord[]>();
  const all = <K extends RecordKind>(kind: K): readonly RecordOf<K>[] => {
    let found = kept.get(kind) as readonly RecordOf<K>[] | undefined;
    if (!found) {
      found = ofKind(scene.case.records, kind).filter(
        (record) =>
          record.quality !== 'bad' &&
          (record.equipment === null || ours.has(record.equipment)) &&
          !alarmsAlone(record),
      );
      kept.set(kind, found);
    }
    return found;
  };
  const known = new Map<RecordKind, readonly PlantRecord[]>();
  const valid = <K extends RecordKind>(kind: K): readonly RecordOf<K>[] => {
    const found = known.get(kind) ?? validAt(all(kind), scene.from);
    known.set(kind, found);
    return found as readonly RecordOf<K>[];
  };
  return { all, valid };
}

/** Stands near the stop: those of the last three quarters of an hour before it, and those that follow while it lasts. */
const standsBackMs = 45 * 60_000;

/** After a gap the first word tells the state there is: a gap that ends this soon hides no stand worth the name. */
const shortGapMs = 120_000;

function nearStands(
  stands: ReadonlyMap<string, MachineStand[]>,
  states: ReadonlyMap<string, readonly StateSpan[]>,
  given: StopCase,
  clocks: Clocks,
  from: Millis,
  end: Millis,
): Map<string, MachineStand[]> {
  const near = new Map<string, MachineStand[]>();
  for (const [machine, all] of stands) {
    const source = states.get(machine)?.[0]?.record.source;
    const found = all.filter(
      (stand) => stand.to >= from - standsBackMs && stand.from <= Math.max(end, from) + 60_000,
    );
    const before = found.filter((stand) => stand.from <= from).slice(-4);
    const after = found.filter((stand) => stand.from > from).slice(0, 2);
    const blind = blindTimes(given, clocks, machine, source, from).find(
      (gap) => gap.from <= from - 1_000 && gap.to > from + shortGapMs,
    );
    // Its last word before the data ended was that it runs: nobody knows what it did then.
    const stood = (gap: Stretch): boolean =>
      before.some((stand) => stand.from <= gap.from + clocks.tolerance && stand.to > gap.from);
    if (blind && !stood(blind)) continue;
    near.set(machine, [...before, ...after]);
  }
  return near;
}

/** The machine whose stand is the stop. Without any state, the one the plant names. */
function referenceMachine(
  given: StopCase,
  flow: Flow,
  states: ReadonlyMap<string, readonly StateSpan[]>,
): string {
  const told = referenceOf(given.line, (id) => (states.get(id)?.length ?? 0) > 0);
  if (told !== null && flow.machines.includes(told)) return told;
  return given.line.reference ?? lastMachines(given.line).at(-1) ?? given.line.id;
}

/** Values carry the clock of the machine they come from, like its states. */
const onOurClock = (signals: readonly SignalWindow[], clocks: Clocks): readonly SignalWindow[] =>
  signals.map((signal) => {
    const shift = clocks.shift(signal.equipment, signal.source);
    if (shift === 0) return signal;
    return { ...signal, points: signal.points.map(([at, value]) => [at + shift, value] as const) };
  });

/** The plans of this stop, as the line is framed by its states. */
function framedIn(given: StopCase, states: ReadonlyMap<string, StateSpan[]>): FramedStop | undefined {
  const { plant, line, stop, records, now } = given;
  const window = { from: Date.parse(stop.from), to: Date.parse(stop.to ?? stop.from) };
  const framed = framesOf({ plant, line, records, window, now }, states);
  return framed.find((one) => one.stop.from === stop.from);
}

/** The case as all clocks would have told it that did not jump. */
function steadyCase(given: StopCase, jumps: readonly ClockJump[]): StopCase {
  if (jumps.length === 0) return given;
  const { records, signals } = given;
  return { ...given, records: steadied(records, jumps), signals: steadySignals(signals, jumps) };
}

export function sceneOf(told: StopCase): Scene {
  const known = told.jumps ?? [];
  const others = clockJumps(told.records).filter((one) => !known.some(({ source }) => source === one.source));
  const given = steadyCase(told, others);
  const { plant, line, stop, now } = given;
  const flow = flowOf(line);
  const states = timelines(given.records);
  const reference = referenceMachine(given, flow, states);
  const clocks = clocksOf(given.records, given.coverage);
  const source = states.get(reference)?.[0]?.record.source ?? '';
  const shift = clocks.shift(reference, source);
  const from = Date.parse(stop.from) + shift;
  const end = stop.to === null ? Math.max(now, from) : Date.parse(stop.to) + shift;
  const alarms = alarmSpans(given.records, clocks, from).filter((alarm) => alarm.from <= end + 60_000);
  const signals = signalsOf(plant, onOurClock(given.signals, clocks), from);
  const levels = levelsOf(flow, signals);
  const stands = machineStands(flow, states, alarms, levels, clocks, from - standsBackMs);
  const framed = framedIn(given, states);
  const wanted = line.reference ?? lastMachines(line).at(-1) ?? reference;
  const { all, valid } = recordsOf({ case: given, plant, line, flow, from });
  const scene: Omit<Scene, 'floor'> = {
    case: given,
    plant,
    line,
    flow,
    reference,
    from,
    end,
    plans: framed?.plans ?? [],
    overrun: framed?.overrun ?? null,
    clocks,
    jumps: [...known, ...others],
    states,
    alarms,
    signals,
    all,
    valid,
    hears: hearingOf(given, from, all),
    systems: new Map(given.coverage.map((one) => [one.source, one.system])),
    trust: new Map(given.coverage.flatMap(({ source, trust = 1 }) => (trust < 1 ? [[source, trust]] : []))),
  };
  return {
    ...scene,
    floor: {
      flow,
      // What the line is judged by ends the chain, even where nobody reports it.
      reference: flow.machines.includes(wanted) ? wanted : reference,
      stoppedAt: from,
      tolerance: clocks.tolerance,
      levels,
      stands: nearStands(stands, states, given, clocks, from, end),
    },
  };
}

/** The same scene as it was from a later time on: what was known then counts. */
export const sceneFrom = (scene: Scene, from: Millis, floor: Floor): Scene => ({
  ...scene,
  from,
  floor,
  ...recordsOf({ ...scene, from }),
});
