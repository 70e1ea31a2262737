import { evidenceId } from '../../plant/diagnosis/stop-case.ts';
import type { Plant } from '../../plant/equipment.ts';
import type { Batch, PlantRecord, RecordOf } from '../../plant/record.ts';
import { isProducing } from '../../plant/state.ts';
import { iso, millis, type Millis } from '../../plant/time.ts';
import { shiftClocks, type Clocks } from '../../simulator/observers/skew.ts';
import { seeded } from '../share.ts';
import type { Case } from './case.ts';

type State = RecordOf<'state'>;
type Random = () => number;

/**
 * A case whose order in time lies, for the hard tier: another machine stands shortly before, which its buffers carry,
 * and the clock of the machine where it began is late while all others are early. Each clock is within `skewS` of the
 * true time, as the dial promises. `one` is made with all clocks right. What a record tells stays, and so does who
 * could decide it.
 */
export function harder(one: Case, skewS: number, seed: number): Case {
  const random = seeded(seed);
  const stand = earlierStand(one, random);
  const stood = stand === null ? one : withStand(one, stand);
  return clocksTurned(stood, skewS * 1_000, random);
}

/** A stand that has nothing to do with the stop. */
type Stand = { states: readonly [State, State]; source: string };

/** Of one that is never noticed downstream; shorter ones are not seen by a poll, longer ones buffers seldom carry. */
const [leastS, mostS] = [10, 40];

/** Two to eight minutes before the first machine stood; null: no machine lends itself to it. */
function earlierStand({ batches, plant, truth }: Case, random: Random): Stand | null {
  if (truth.stop === null) return null;
  const began = Math.min(millis(truth.stop.from), ...(truth.chain ?? []).map(({ at }) => millis(at)));
  const from = began - (2 + 6 * random()) * 60_000;
  const states = batches.flatMap(({ records }) => records).filter((record) => record.kind === 'state');
  const machines = plant.lines.flatMap((line) => line.machines.map(({ id }) => id));
  const reference = truth.chain?.at(-1)?.to;
  const fit = machines
    .filter((id) => id !== truth.place && id !== reference && !truth.causes.some(({ place }) => place === id))
    .flatMap((id) => standOf(id, states, batches, { from, plant }));
  return fit[Math.floor(random() * fit.length)] ?? null;
}

function standOf(
  machine: string,
  states: readonly State[],
  batches: readonly Batch[],
  { from, plant }: { from: Millis; plant: Plant },
): Stand[] {
  const own = states
    .filter(({ equipment }) => equipment === machine)
    .toSorted((a, b) => millis(a.at) - millis(b.at));
  const runs = own.findLast(({ at }) => millis(at) <= from);
  const next = own.find(({ at }) => millis(at) > from);
  const lengthMs = carriedS(machine, plant, batches) * 1_000;
  // How this machine says that it stands; one that never stood within the case keeps silent about it.
  const stands = own.find(({ state, waiting }) => !isProducing(state) && waiting === null);
  if (!runs || !isProducing(runs.state) || !stands || lengthMs < leastS * 1_000) return [];
  // A machine that is about to change its state anyway would be told twice.
  if (next && millis(next.at) < from + lengthMs + 20_000) return [];
  return [{ states: [moved(stands, from), moved(runs, Math.round(from + lengthMs))], source: runs.source }];
}

/** Half of what the smaller buffer beside a machine holds, at the rate it runs; seconds, at most `mostS`. */
function carriedS(machine: string, plant: Plant, batches: readonly Batch[]): number {
  const beside = plant.lines
    .flatMap(({ flow }) => flow)
    .filter(({ from, to }) => from === machine || to === machine);
  const capacity = Math.min(...beside.map((edge) => edge.capacity ?? 0));
  const speeds = batches
    .flatMap(({ readings }) => readings)
    .flatMap(({ equipment, signal, value }) =>
      equipment === machine && signal === 'speed' && typeof value === 'number' ? [value] : [],
    );
  const perMinute = Math.max(0, ...speeds);
  return perMinute === 0 ? 0 : Math.min(mostS, (0.5 * capacity * 60) / perMinute);
}

function moved(state: State, at: Millis): State {
  const time = iso(at);
  return {
    ...state,
    key: `${state.equipment}@${time}`,
    at: time,
    observedAt: iso(at + 400),
  };
}

/** The stand told in its machine's states and speed; whoever cites it is misled. */
function withStand(one: Case, { states, source }: Stand): Case {
  const [stood, ran] = states;
  const [from, to] = [millis(stood.at), millis(ran.at)];
  const own = ({ equipment, signal, at }: Batch['readings'][number]) =>
    equipment === stood.equipment && signal === 'speed' && at >= from && at < to;
  const told = one.batches.find((batch) => batch.source === source);
  const batches = one.batches.map((batch) => ({
    ...batch,
    records: batch === told ? [...batch.records, ...states] : batch.records,
    readings:
      batch.source === source
        ? batch.readings.map((row) => (own(row) ? { ...row, value: 0 } : row))
        : batch.readings,
  }));
  const misleading = { id: evidenceId(stood), role: 'misleading' as const };
  return { ...one, batches, truth: { ...one.truth, evidence: [...one.truth.evidence, misleading] } };
}

function clocksTurned(one: Case, most: number, random: Random): Case {
  const machines = one.batches.find(({ records }) => records.some(({ kind }) => kind === 'state'))?.source;
  if (machines === undefined) return one;
  const first = one.truth.machine ?? one.truth.chain?.[0]?.to;
  const others = [...new Set(one.batches.map(({ source }) => source))].filter(
    (source) => source !== machines,
  );
  const clocks: Clocks = {
    sources: Object.fromEntries(others.map((source) => [source, most * (2 * random() - 1)])),
    machines: Object.fromEntries(
      one.plant.lines
        .flatMap((line) => line.machines)
        .map(({ id }) => [id, id === first ? most * (2 / 3 + random() / 3) : -most * random()]),
    ),
  };
  const renamed = new Map<string, string>();
  const shifted = (batch: Batch): Batch => {
    const { records, readings, minutes } = batch;
    // Values of a source are shifted as that of the machines are; other sources send none.
    const told = shiftClocks(
      { records: [...records], readings: [...readings], minutes: [...minutes] },
      clocks,
      machines,
    );
    records.forEach((record: PlantRecord, index: number) => {
      const now = told.records[index];
      if (now) renamed.set(evidenceId(record), evidenceId(now));
    });
    return { ...batch, ...told };
  };
  const batches = one.batches.map(shifted);
  const { truth } = one;
  return {
    ...one,
    batches,
    truth: {
      ...truth,
      evidence: truth.evidence.map((named) => ({ ...named, id: renamed.get(named.id) ?? named.id })),
      dials: truth.dials && { ...truth.dials, clockSkewS: most / 1_000 },
    },
  };
}
