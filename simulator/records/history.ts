import type { Batch, Reading } from '../../plant/record.ts';
import type { Millis } from '../../plant/time.ts';
import type { Live } from '../live-world.ts';
import { batchesOf } from './batches.ts';
import { demoSources, openRecorder, type Recorder, type SourceIds } from './recorder.ts';
import { averageMinute, type Detail, openLineSignals, readSecond, type LineSignals } from './signals.ts';

const overview: Detail = { rawEveryS: 15, rawForS: 900, rawAlways: false, jumps: true };
/** A transaction should stay short. */
const batchRows = 8000;

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
    live.floor.lines.map((line) => [line.id, openLineSignals(live.scheduler, line, detail)] as const),
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
      const own = signals.get(line.id);
      if (own && (!quiet || detail.rawAlways)) readSecond(own, t, quiet);
    });
    recorder.alarms();
    recorder.books(live.floor.now);
    for (const one of signals.values()) averageMinute(one, from);
    if (from % 3_600_000 === 0 || live.floor.now >= until) yield* flush(recorder, signals, air, ids);
  }
}

function* flush(
  recorder: Recorder,
  signals: Map<string, LineSignals>,
  air: Reading[],
  ids: SourceIds,
): Generator<Batch> {
  const readings = [...signals.values()].flatMap((one) => one.readings.splice(0));
  readings.push(...air.splice(0));
  const minutes = [...signals.values()].flatMap((one) => one.minutes.splice(0));
  const found = {
    records: recorder.take(),
    readings: readings.toSorted((a, b) => a.at - b.at),
    minutes: minutes.toSorted((a, b) => a.at - b.at),
  };
  yield* batchesOf(found, ids, batchRows);
}
