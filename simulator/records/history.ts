import type { Batch, MinuteReading, PlantRecord, Reading } from '../../plant/record.ts';
import type { Millis } from '../../plant/time.ts';
import type { Live } from '../live-world.ts';
import type { LineSim, MachineSim } from '../physics/model.ts';
import { quantise, sample, sampleMinute } from '../physics/values.ts';
import { demoSources, openRecorder, type Recorder, type SourceIds } from './recorder.ts';

/** How closely the past is written down. */
export type Detail = {
  /** Raw readings every so many seconds while something is the matter; later in a long stop every minute. */
  rawEveryS: number;
  /** For so long after a disturbance began, seconds. */
  rawForS: number;
  /** Also where nothing is the matter. */
  rawAlways: boolean;
  /** No raw values before. */
  rawFrom?: Millis;
  /** A drive tells at once when its torque jumps by a fifth of the nominal: a wedged piece lasts only seconds. */
  jumps?: true;
  /** From then on one raw value a minute will do. */
  rawUntil?: Millis;
  /** Values of supplies while something happens to them, every so many milliseconds; of all supplies, not of air alone. */
  suppliesEveryMs?: number;
};
const overview: Detail = { rawEveryS: 15, rawForS: 900, rawAlways: false, jumps: true };
const batchRows = 8000;
/** Raw values begin so long before a disturbance. */
const beforeMs = 180_000;

/** One averaged signal: this minute's samples, and what was last told of it. */
type Track = {
  machine: MachineSim;
  name: string;
  sum: number;
  low: number;
  high: number;
  count: number;
  toldMean: number;
  toldHigh: number;
  toldAt: Millis;
};

/** Collects readings of one line: minute averages of two signals per machine, raw values around disturbances. */
function openSignals(live: Live, line: LineSim, detail: Detail) {
  const readings: Reading[] = [];
  const minutes: MinuteReading[] = [];
  const last = new Map<string, number>();
  let troubleFrom: Millis | null = null;
  const tracks = line.machines.flatMap((machine) =>
    ['speed', machine.of.main].map((name): Track => ({
      machine,
      name,
      sum: 0,
      low: 0,
      high: 0,
      count: 0,
      toldMean: -1,
      toldHigh: -1,
      toldAt: 0,
    })),
  );

  /** Sensors report a value when it changed; the first one always. */
  function raw(machine: MachineSim, t: Millis): void {
    for (const spec of machine.specs) {
      const value = sample(machine, line, spec.name, t);
      const name = `${machine.id}/${spec.name}`;
      if (last.get(name) === value) continue;
      last.set(name, value);
      readings.push({ equipment: machine.id, signal: spec.name, at: t, value });
    }
  }

  function jump(machine: MachineSim, t: Millis): void {
    const name = `${machine.id}/torque`;
    const value = sample(machine, line, 'torque', t);
    if (Math.abs(value - (last.get(name) ?? value)) < machine.of.torqueNm * 0.2) return;
    last.set(name, value);
    readings.push({ equipment: machine.id, signal: 'torque', at: t, value });
  }

  function gather(t: Millis): void {
    for (const track of tracks) {
      const value = sample(track.machine, line, track.name, t);
      track.low = track.count === 0 ? value : Math.min(track.low, value);
      track.high = track.count === 0 ? value : Math.max(track.high, value);
      track.sum += value;
      track.count += 1;
    }
  }

  function average(track: Track, from: Millis): void {
    const { machine, name, count } = track;
    const row =
      count > 0
        ? { value: quantise(track.sum / count, 0.001), low: track.low, high: track.high, count }
        : { ...sampleMinute(machine, line, name, from + 30_000), count: 12 };
    track.count = 0;
    track.sum = 0;
    // A machine that stands shows the same all the time: nothing is reported.
    if (row.high === 0 && track.toldHigh === 0) return;
    // Where nothing is the matter, a speed that stays where it was is told every other minute, the other signal every third.
    const quiet = troubleFrom === null && !detail.rawAlways;
    const same = name === 'speed' && Math.abs(row.value - track.toldMean) < machine.rate * 0.004;
    if (quiet && from - track.toldAt < (name !== 'speed' ? 180_000 : same ? 120_000 : 0)) return;
    track.toldMean = row.value;
    track.toldHigh = row.high;
    track.toldAt = from;
    minutes.push({ equipment: machine.id, signal: name, at: from, ...row });
  }

  function trouble(t: Millis): boolean {
    const well =
      line.phase.name === 'run' &&
      line.machines.every((machine) => machine.state === 'Execute' && !machine.stuck);
    const soon = t + beforeMs;
    if (well && !live.scheduler.awake(line, soon) && !live.scheduler.awake(null, soon)) {
      // A minute more, to see it run again.
      if (troubleFrom !== null && t - troubleFrom > 60_000) troubleFrom = null;
      return troubleFrom !== null;
    }
    troubleFrom ??= t;
    return true;
  }

  return {
    readings,
    minutes,
    second(t: Millis, quiet: boolean): void {
      if (!quiet && t % 5000 === 0) gather(t);
      const near = trouble(t);
      if (!near && !detail.rawAlways) return;
      if (detail.rawFrom !== undefined && t < detail.rawFrom) return;
      const long =
        detail.rawUntil === undefined
          ? troubleFrom !== null && t - troubleFrom > detail.rawForS * 1000
          : t > detail.rawUntil;
      const everyS = long ? 60 : near || detail.rawFrom !== undefined ? detail.rawEveryS : 30;
      if (t % (everyS * 1000) === 0) for (const machine of line.machines) raw(machine, t);
      else if (detail.jumps) for (const machine of line.machines) jump(machine, t);
    },
    minute(from: Millis): void {
      for (const track of tracks) average(track, from);
    },
  };
}

/** Pressure and the like: one value a minute, every two seconds while it moves. */
function readAir(live: Live, t: Millis, readings: Reading[], quiet: boolean): void {
  if (quiet ? t % 300_000 !== 0 : t % 2000 !== 0) return;
  const { air } = live.floor;
  for (const [signal, value] of Object.entries(live.world.utilities.get(air.id)?.values ?? {})) {
    readings.push({ equipment: air.id, signal, at: t, value });
  }
}

/** The other supplies, less often; all of them at every hour's full minute at least. */
function readSupplies(live: Live, t: Millis, readings: Reading[], quiet: boolean, everyMs: number): void {
  const { air, power } = live.floor;
  const dip = (power?.level ?? 1) < 1;
  if (!dip && t % (quiet ? 300_000 : everyMs) !== 0) return;
  for (const utility of live.world.utilities.values()) {
    const still = utility.id !== air.id && !dip && t % 30_000 !== 0;
    if (still) continue;
    for (const [signal, value] of Object.entries(utility.values))
      readings.push({ equipment: utility.id, signal, at: t, value });
  }
}

/** Plays the plant up to `until` and hands over what connectors would have recorded, in batches of one source. */
export function* writeHistory(
  live: Live,
  until: Millis,
  detail: Detail = overview,
  ids: SourceIds = demoSources,
): Generator<Batch> {
  const recorder = openRecorder(live.world, ids);
  const signals = new Map(
    live.floor.lines.map((line) => [line.id, openSignals(live, line, detail)] as const),
  );
  const air: Reading[] = [];
  recorder.machines(live.floor.now);
  recorder.books(live.floor.now);
  while (live.floor.now < until) {
    const from = live.floor.now;
    live.minute((line, t, quiet) => {
      if (!line) {
        recorder.machines(t);
        if (detail.suppliesEveryMs) readSupplies(live, t, air, quiet, detail.suppliesEveryMs);
        else readAir(live, t, air, quiet);
        return;
      }
      recorder.machines(t, line.id);
      if (!quiet || detail.rawAlways) signals.get(line.id)?.second(t, quiet);
    });
    recorder.alarms(live.floor.now);
    recorder.books(live.floor.now);
    for (const one of signals.values()) one.minute(from);
    if (from % 3_600_000 === 0 || live.floor.now >= until) yield* flush(recorder, signals, air, ids);
  }
}

function* flush(
  recorder: Recorder,
  signals: Map<string, ReturnType<typeof openSignals>>,
  air: Reading[],
  ids: SourceIds,
): Generator<Batch> {
  const records = recorder.take();
  const readings = [...signals.values()].flatMap((one) => one.readings.splice(0));
  readings.push(...air.splice(0));
  const minutes = [...signals.values()].flatMap((one) => one.minutes.splice(0));
  for (const source of [ids.machines, ids.erp, ids.mes, ids.notes]) {
    const own: PlantRecord[] = records.filter((record) => record.source === source);
    const isMachines = source === ids.machines;
    if (own.length === 0 && !(isMachines && readings.length + minutes.length > 0)) continue;
    yield* chunks({
      source,
      records: own,
      readings: isMachines ? readings.toSorted((a, b) => a.at - b.at) : [],
      minutes: isMachines ? minutes.toSorted((a, b) => a.at - b.at) : [],
      checkpoint: null,
    });
  }
}

/** A transaction should stay short: at most so many rows each. */
function* chunks(whole: Batch): Generator<Batch> {
  const most = Math.max(whole.records.length, whole.readings.length, whole.minutes.length);
  for (let i = 0; i < most; i += batchRows) {
    yield {
      ...whole,
      records: whole.records.slice(i, i + batchRows),
      readings: whole.readings.slice(i, i + batchRows),
      minutes: whole.minutes.slice(i, i + batchRows),
    };
  }
}
