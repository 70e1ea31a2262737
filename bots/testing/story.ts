/** One hour of line 3 on Friday 20 November 2026: it stood once today, stands again at 14:42, runs at 14:58. */
import { clock, floorOfToday } from '../../mcp-server/testing/floor.ts';
import { batch as batchSchema, type Batch } from '../../plant/record.ts';
import { iso } from '../../plant/time.ts';

export const at = clock;
export const before = floorOfToday;

type Given = Record<string, unknown> & { kind: string; key: string; at: string };
const machines = (records: Given[], readings: { at: string; value: number }[] = []): Batch =>
  batchSchema.parse({
    source: 'machines',
    records: records.map((one) => ({ source: 'machines', observedAt: one.at, equipment: null, ...one })),
    readings: readings.map(({ at: time, value }) => ({
      equipment: 'line-3.capper',
      signal: 'torque',
      at: clock(time),
      value,
    })),
  });
const state = (machine: string, time: string, to: string, waiting: string | null = null): Given => {
  const when = iso(clock(time));
  const equipment = `line-3.${machine}`;
  return { kind: 'state', key: `${equipment}@${when}`, at: when, equipment, state: to, waiting, raw: to };
};
const alarm = (time: string, active: boolean): Given => {
  const when = iso(clock(time));
  return {
    kind: 'alarm',
    key: `line-3.capper/drive-overload@${when}/${active ? 'on' : 'off'}`,
    at: when,
    equipment: 'line-3.capper',
    alarm: 'drive-overload',
    text: 'Drive overload',
    active,
    severity: 700,
  };
};

/** The capper trips at 14:40 and takes the line with it. */
export const trips = (): Batch =>
  machines(
    [
      state('capper', '14:40', 'Aborted'),
      alarm('14:40', true),
      state('filler', '14:41', 'Suspended', 'blocked'),
      state('labeller', '14:41', 'Suspended', 'starved'),
      state('packer', '14:42', 'Suspended', 'starved'),
    ],
    ['14:38:50', '14:39:10', '14:39:30', '14:39:50'].map((time) => ({ at: time, value: 9.4 })),
  );

/** The same again an hour later, by the same alarm; no values of it. */
export const tripsAgain = (): Batch => {
  const moved = (time: string) => iso(Date.parse(time) + 3_600_000);
  const batch = trips();
  const records = batch.records.map((one) => ({
    ...one,
    key: one.key.replace(/2026[^/]*Z/, moved),
    at: moved(one.at),
    observedAt: moved(one.observedAt),
  }));
  return { ...batch, readings: [], records };
};

/** It is reset at 14:56 and the line runs again from 14:58. */
export const runsAgain = (): Batch =>
  machines([
    alarm('14:56', false),
    state('capper', '14:56', 'Execute'),
    state('filler', '14:57', 'Execute'),
    state('labeller', '14:57', 'Execute'),
    state('packer', '14:58', 'Execute'),
  ]);
