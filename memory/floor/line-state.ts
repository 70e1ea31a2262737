import { framesOf, referenceOf } from '../../plant/diagnosis/frame/frame.ts';
import { stateAt, timelines } from '../../plant/diagnosis/records/timeline.ts';
import type { Plant } from '../../plant/equipment.ts';
import type { PlantRecord, RecordOf } from '../../plant/record.ts';
import type { PackmlState, UnitMode, Waiting } from '../../plant/state.ts';
import { isProducing } from '../../plant/state.ts';
import type { Stop } from '../../plant/stop.ts';
import type { IsoTime, Millis } from '../../plant/time.ts';
import { iso } from '../../plant/time.ts';
import type { Db } from '../db.ts';
import { listOrders } from './orders.ts';
import type { OrderState } from './orders.ts';
import type { EventRow } from './rows.ts';
import { eventColumns, recordOf } from './rows.ts';
import { lineOf } from './scope.ts';
import { framingRecords } from './states.ts';

type MachineState = {
  machine: string;
  /** `Unknown` where nobody tells it. */
  state: PackmlState;
  waiting: Waiting | null;
  mode: UnitMode | null;
  since: IsoTime | null;
  /** The record it stands on; null: none. */
  record: RecordOf<'state'> | null;
};

/** A line as it is now. `stop`: the one that goes on; `lastStop`: the latest of the last 24 hours. */
export type LineState = {
  line: string;
  state: 'running' | 'stopped' | 'unknown';
  since: IsoTime | null;
  reference: string | null;
  machines: MachineState[];
  stop: Stop | null;
  lastStop: Stop | null;
  /** The order in work. */
  order: OrderState | null;
  /** Alarms that are active now, newest first. */
  alarms: RecordOf<'alarm'>[];
  /** Newest values of the line's signals, by equipment and name. */
  signals: { source: string; equipment: string; signal: string; at: IsoTime; value: number }[];
  /** Newest record or value used. */
  asOf: IsoTime | null;
  /** Gaps that go on now. */
  gaps: RecordOf<'gap'>[];
};

const lookBackMs = 24 * 3_600_000;
/** A value older than this is not "now". */
const freshMs = 10 * 60_000;

async function latestValues(
  pool: Db,
  equipment: readonly string[],
  now: Millis,
): Promise<LineState['signals']> {
  const answer = await pool.query<{
    source: string;
    equipment: string;
    signal: string;
    at: Date;
    value: number;
  }>(
    `select s.source, s.equipment, s.signal, v.at, v.value from signal_series s cross join lateral (
       select at, value from signal where series = s.id and at > $2 and at <= $3 order by at desc limit 1) as v
     where s.equipment = any ($1) order by s.equipment, s.signal`,
    [equipment, new Date(now - freshMs), new Date(now)],
  );
  return answer.rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

function machineState(machine: string, states: ReturnType<typeof timelines>, now: Millis): MachineState {
  const span = stateAt(states.get(machine) ?? [], now);
  if (!span) return { machine, state: 'Unknown', waiting: null, mode: null, since: null, record: null };
  return {
    machine,
    state: span.state,
    waiting: span.waiting,
    mode: span.mode,
    since: iso(span.from),
    record: span.record,
  };
}

/** An alarm that came and did not go, at most a day old; older ones were forgotten rather than still there. */
const alarmMs = 24 * 3_600_000;

/** Alarms that are active now, newest first. */
async function activeAlarms(
  pool: Db,
  equipment: readonly string[],
  now: Millis,
): Promise<RecordOf<'alarm'>[]> {
  const answer = await pool.query<EventRow>(
    `select distinct on (equipment, body->>'alarm') ${eventColumns} from event
     where kind = 'alarm' and equipment = any ($1) and at > $2 and at <= $3
     order by equipment, body->>'alarm', at desc, observed_at desc, id desc`,
    [equipment, new Date(now - alarmMs), new Date(now)],
  );
  return answer.rows
    .map((row) => recordOf(row) as RecordOf<'alarm'>)
    .filter(({ active }) => active)
    .toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
}

function openGaps(records: readonly PlantRecord[], now: Millis): RecordOf<'gap'>[] {
  return records.filter(
    (record): record is RecordOf<'gap'> =>
      record.kind === 'gap' && (record.to === null || Date.parse(record.to) >= now),
  );
}

/** How a line stands at `now`: its machines, the stop that goes on, the order in work. Throws `not_found`. */
export async function lineState(pool: Db, plant: Plant, lineId: string, now: Millis): Promise<LineState> {
  const line = lineOf(plant, lineId);
  const window = { from: now - lookBackMs, to: now };
  const equipment = line.machines.map((machine) => machine.id);
  const [records, orders, signals, alarms] = await Promise.all([
    framingRecords(pool, line, window.from, now),
    listOrders(pool, plant, { line: line.id, open: true, limit: 5 }, now),
    latestValues(pool, [line.id, ...equipment], now),
    activeAlarms(pool, [line.id, ...equipment], now),
  ]);
  const states = timelines(records);
  const reference = referenceOf(line, (id) => (states.get(id)?.length ?? 0) > 0);
  const machines = equipment.map((id) => machineState(id, states, now));
  const stops = framesOf({ plant, line, records, window, now }, states).map(({ stop }) => stop);
  const stop = stops.findLast((one) => one.to === null) ?? null;
  const own = reference === null ? null : machineState(reference, states, now);
  const times = [...records.map((record) => record.at), ...signals.map((value) => value.at)];
  return {
    line: line.id,
    state: stop
      ? 'stopped'
      : own === null
        ? 'unknown'
        : isProducing(own.state)
          ? 'running'
          : own.state === 'Unknown'
            ? 'unknown'
            : 'stopped',
    since: stop?.from ?? own?.since ?? null,
    reference,
    machines,
    stop,
    lastStop: stops.at(-1) ?? null,
    order: orders.find((one) => one.order.status === 'started') ?? null,
    alarms,
    signals,
    asOf: times.length === 0 ? null : iso(Math.max(...times.map(Date.parse))),
    gaps: openGaps(records, now),
  };
}
