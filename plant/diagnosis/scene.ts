import type { CauseClass } from '../cause-class.ts';
import type { Line, Plant } from '../equipment.ts';
import type { PlantRecord, RecordKind, RecordOf } from '../record.ts';
import type { Millis } from '../time.ts';
import type { AlarmSpan } from './alarms.ts';
import { alarmSpans } from './alarms.ts';
import type { Clocks } from './clocks.ts';
import { clocksOf } from './clocks.ts';
import { frameStops, lastMachines, referenceOf } from './frame.ts';
import type { Look } from './looks.ts';
import { looksOf } from './looks.ts';
import { levelsOf } from './levels.ts';
import type { PlannedTime } from './planned.ts';
import type { Stretch } from './shift-times.ts';
import type { Floor } from './spread.ts';
import { machineStands } from './stands.ts';
import type { MachineStand } from './stands.ts';
import type { SignalWindow, SourceCoverage, StopCase } from './stop-case.ts';
import type { StateSpan } from './timeline.ts';
import { ofKind, timelines, timeOf } from './timeline.ts';
import type { Flow } from './topology.ts';
import { flowOf } from './topology.ts';

/** Could a source have told? `dark`: it is there but had no data; `absent`: nobody tells such things here. */
export type Hearing = 'healthy' | 'dark' | 'absent';

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
  states: ReadonlyMap<string, readonly StateSpan[]>;
  floor: Floor;
  alarms: readonly AlarmSpan[];
  looks: readonly Look[];
  /** Everything of one kind that concerns this line, oldest first, all versions. */
  all<K extends RecordKind>(kind: K): readonly RecordOf<K>[];
  /** The same with each thing once, as it was known at the stop. */
  valid<K extends RecordKind>(kind: K): readonly RecordOf<K>[];
  hears(kind: RecordKind | 'signal', equipment?: string): Hearing;
  systems: ReadonlyMap<string, string>;
  /** Of a second thing that went wrong: what the first one was. */
  after?: CauseClass;
};

const covers = (gap: SourceCoverage['gaps'][number], at: Millis): boolean =>
  gap.from <= at && (gap.to ?? Infinity) >= at;

/** What a gap hides of a kind: where values alone are missing, alarms are too, and states are known. */
const hides = ({ only }: SourceCoverage['gaps'][number], kind: RecordKind | 'signal'): boolean =>
  only === undefined || kind === 'alarm' || (only === 'values' && kind === 'signal');

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

/** Business systems say something every quarter of an hour at least while a line runs. */
const quietMs = 900_000;

function hearing(
  given: StopCase,
  from: Millis,
  sees: (kind: RecordKind) => readonly PlantRecord[],
): Scene['hears'] {
  return (kind, equipment) => {
    const sources = given.coverage.filter(({ kinds }) => kinds.includes(kind));
    const told = (source?: string): boolean =>
      kind === 'signal'
        ? given.signals.some((signal) => source === undefined || signal.source === source)
        : sees(kind).some((record) => source === undefined || record.source === source);
    if (sources.length === 0) return told() ? 'healthy' : 'absent';
    const healthy = sources.some(({ source, state, lastRecordAt, gaps }) => {
      const ours = gaps.filter(
        (gap) => hides(gap, kind) && (gap.equipment === null || gap.equipment === equipment),
      );
      if (ours.some((gap) => covers(gap, from))) return false;
      if (state === 'up' || state === 'degraded') return true;
      // A source that failed after the stop told all about it: its gap begins later, or it spoke not long before.
      if (ours.some((gap) => gap.from > from)) return true;
      return lastRecordAt !== null && lastRecordAt > from - quietMs && told(source);
    });
    return healthy ? 'healthy' : 'dark';
  };
}

/** Stands near the stop: those of the last three quarters of an hour before it, and those that follow while it lasts. */
const backMs = 45 * 60_000;

/** After a gap the first word tells the state there is: a gap that ends this soon hides no stand worth the name. */
const shortGapMs = 120_000;

/** Times in which nothing is known of one machine, by Andon's clock. */
function blindTimes(
  given: StopCase,
  clocks: Clocks,
  machine: string,
  source: string | undefined,
  from: Millis,
) {
  return given.coverage
    .filter((one) => source === undefined || one.source === source)
    .flatMap(({ source: id, gaps, state, lastRecordAt }) => {
      const shift = clocks.shift(machine, id);
      const told = gaps
        .filter((gap) => hides(gap, 'state') && (gap.equipment === null || gap.equipment === machine))
        .map((gap) => ({ from: gap.from + shift, to: (gap.to ?? Infinity) + shift }));
      const lost = state === 'down' && lastRecordAt !== null && lastRecordAt < from - 60_000;
      return lost ? [...told, { from: lastRecordAt, to: Infinity }] : told;
    });
}

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
      (stand) => stand.to >= from - backMs && stand.from <= Math.max(end, from) + 60_000,
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

export function sceneOf(given: StopCase): Scene {
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
  const looks = looksOf(plant, onOurClock(given.signals, clocks), from);
  const levels = levelsOf(flow, looks);
  const stands = machineStands(flow, states, alarms, levels, clocks, from - backMs);
  const window = { from: Date.parse(stop.from), to: Date.parse(stop.to ?? stop.from) };
  const framed = frameStops({ plant, line, records: given.records, window, now }, states).find(
    (one) => one.stop.from === stop.from,
  );
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
    states,
    alarms,
    looks,
    all,
    valid,
    hears: hearing(given, from, all),
    systems: new Map(given.coverage.map((one) => [one.source, one.system])),
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
