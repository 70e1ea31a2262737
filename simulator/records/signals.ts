import type { MinuteReading, Reading } from '../../plant/record.ts';
import type { Millis } from '../../plant/time.ts';
import type { LineSim, MachineSim } from '../physics/model.ts';
import { quantise, sample, sampleMinute } from '../physics/values.ts';
import type { Scheduler } from '../schedule/scheduler.ts';

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
/** Readings of one line: minute averages of two signals per machine, raw values around disturbances. Grow until they are taken out. */
export type LineSignals = {
  readings: Reading[];
  minutes: MinuteReading[];
  line: LineSim;
  scheduler: Scheduler;
  detail: Detail;
  tracks: Track[];
  /** Last raw value by machine and signal. */
  last: Map<string, number>;
  troubleFrom: Millis | null;
};

export const openLineSignals = (scheduler: Scheduler, line: LineSim, detail: Detail): LineSignals => ({
  readings: [],
  minutes: [],
  line,
  scheduler,
  detail,
  tracks: line.machines.flatMap((machine) =>
    ['speed', machine.of.main].map((name) => trackOf(machine, name)),
  ),
  last: new Map(),
  troubleFrom: null,
});
const trackOf = (machine: MachineSim, name: string): Track => ({
  machine,
  name,
  sum: 0,
  low: 0,
  high: 0,
  count: 0,
  toldMean: -1,
  toldHigh: -1,
  toldAt: 0,
});

/** To be called after each second that the line was watched; `quiet`: after a stretch in which nothing happened. */
export function readSecond(signals: LineSignals, t: Millis, quiet: boolean): void {
  const { detail, line } = signals;
  if (!quiet && t % 5000 === 0) for (const track of signals.tracks) gather(track, line, t);
  const near = trouble(signals, t);
  if (!near && !detail.rawAlways) return;
  if (detail.rawFrom !== undefined && t < detail.rawFrom) return;
  const { troubleFrom } = signals;
  const long =
    detail.rawUntil === undefined
      ? troubleFrom !== null && t - troubleFrom > detail.rawForS * 1000
      : t > detail.rawUntil;
  const everyS = long ? 60 : near || detail.rawFrom !== undefined ? detail.rawEveryS : 30;
  if (t % (everyS * 1000) === 0) for (const machine of line.machines) readRaw(signals, machine, t);
  else if (detail.jumps) for (const machine of line.machines) readJump(signals, machine, t);
}

/** To be called after each minute; `from`: its beginning. */
export function averageMinute(signals: LineSignals, from: Millis): void {
  for (const track of signals.tracks) average(signals, track, from);
}

/** Sensors report a value when it changed; the first one always. */
function readRaw({ readings, last, line }: LineSignals, machine: MachineSim, t: Millis): void {
  for (const spec of machine.specs) {
    const value = sample(machine, line, spec.name, t);
    const name = `${machine.id}/${spec.name}`;
    if (last.get(name) === value) continue;
    last.set(name, value);
    readings.push({ equipment: machine.id, signal: spec.name, at: t, value });
  }
}

function readJump({ readings, last, line }: LineSignals, machine: MachineSim, t: Millis): void {
  const name = `${machine.id}/torque`;
  const value = sample(machine, line, 'torque', t);
  if (Math.abs(value - (last.get(name) ?? value)) < machine.of.torqueNm * 0.2) return;
  last.set(name, value);
  readings.push({ equipment: machine.id, signal: 'torque', at: t, value });
}

function gather(track: Track, line: LineSim, t: Millis): void {
  const value = sample(track.machine, line, track.name, t);
  track.low = track.count === 0 ? value : Math.min(track.low, value);
  track.high = track.count === 0 ? value : Math.max(track.high, value);
  track.sum += value;
  track.count += 1;
}

function average(signals: LineSignals, track: Track, from: Millis): void {
  const { machine, name, count } = track;
  const row =
    count > 0
      ? { value: quantise(track.sum / count, 0.001), low: track.low, high: track.high, count }
      : { ...sampleMinute(machine, signals.line, name, from + 30_000), count: 12 };
  track.count = 0;
  track.sum = 0;
  // A machine that stands shows the same all the time: nothing is reported.
  if (row.high === 0 && track.toldHigh === 0) return;
  // Where nothing is the matter, a speed that stays where it was is told every other minute, the other signal every third.
  const quiet = signals.troubleFrom === null && !signals.detail.rawAlways;
  const same = name === 'speed' && Math.abs(row.value - track.toldMean) < machine.rate * 0.004;
  if (quiet && from - track.toldAt < (name !== 'speed' ? 180_000 : same ? 120_000 : 0)) return;
  track.toldMean = row.value;
  track.toldHigh = row.high;
  track.toldAt = from;
  signals.minutes.push({ equipment: machine.id, signal: name, at: from, ...row });
}

/** Is something the matter with the line, or about to be? */
function trouble(signals: LineSignals, t: Millis): boolean {
  const { line, scheduler } = signals;
  const well =
    line.phase.name === 'run' &&
    line.machines.every((machine) => machine.state === 'Execute' && !machine.stuck);
  const soon = t + beforeMs;
  if (well && !scheduler.awake(line, soon) && !scheduler.awake(null, soon)) {
    // A minute more, to see it run again.
    if (signals.troubleFrom !== null && t - signals.troubleFrom > 60_000) signals.troubleFrom = null;
    return signals.troubleFrom !== null;
  }
  signals.troubleFrom ??= t;
  return true;
}
