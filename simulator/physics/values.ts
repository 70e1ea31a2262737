import type { Millis } from '../../plant/time.ts';
import type { Random } from '../random.ts';
import { torqueOf } from './machine.ts';
import type { AirSim, LineSim, MachineSim, SharedSim } from './model.ts';

/** Scatter of a sensor: standard deviation, seconds it remembers, smallest step it shows. */
type Sensor = { sigma: number; memoryS: number; step: number };

function sensorOf(machine: MachineSim, signal: string): Sensor {
  const { of } = machine;
  switch (signal) {
    case 'speed':
      return { sigma: machine.rate * 0.004, memoryS: 12, step: machine.rate > 80 ? 1 : 0.1 };
    case 'torque':
      return {
        sigma: of.torqueNm * 0.018 * machine.defects.scatter,
        memoryS: 25,
        step: of.torqueNm > 15 ? 0.1 : 0.01,
      };
    case 'temperature':
      return { sigma: of.warmC * 0.006, memoryS: 180, step: 0.1 };
    case 'vibration':
      return { sigma: (of.vibration ?? 1) * 0.05, memoryS: 15, step: 0.01 };
    case 'pressure':
      return { sigma: (of.pressureBar ?? 1) * 0.008, memoryS: 20, step: 0.01 };
    case 'weight':
      return { sigma: (of.weightG ?? 1) * 0.004, memoryS: 8, step: 0.1 };
    default:
      return { sigma: 0, memoryS: 1, step: 1 };
  }
}

/** The true value, before the sensor. */
function truth(machine: MachineSim, line: LineSim, signal: string): number {
  const value = rightValue(machine, line, signal);
  return signal === machine.of.main ? value * machine.defects.setting : value;
}

function rightValue(machine: MachineSim, line: LineSim, signal: string): number {
  const { of } = machine;
  const share = machine.speed / machine.rate;
  switch (signal) {
    case 'speed':
      return machine.speed;
    case 'set_speed':
      return machine.rate * line.product.speed;
    case 'good_count':
      return Math.floor(machine.good);
    case 'reject_count':
      return Math.floor(machine.rejected);
    case 'infeed_level':
      return machine.inputs[0]?.level ?? 0;
    case 'torque':
      return torqueOf(machine, line.product.load);
    case 'temperature':
      return machine.heat;
    case 'vibration':
      return (of.vibration ?? 1) * (0.15 + 0.85 * share) * (1 + machine.wear);
    case 'pressure':
      return (of.pressureBar ?? 1) * (0.9 + 0.1 * Math.min(1, share)) * machine.defects.pressure;
    case 'weight':
      return of.weightG ?? 0;
    default:
      return machine.magazine ? (100 * machine.magazine.quantity) / machine.magazine.capacity : 0;
  }
}

/** A sensor's first-order noise, moved on to `t` exactly however long ago it was read. */
function scatter(machine: MachineSim, rng: Random, signal: string, sensor: Sensor, t: Millis): number {
  let noise = machine.noise.get(signal);
  if (!noise) machine.noise.set(signal, (noise = { x: sensor.sigma * rng.gauss(), at: t }));
  const dt = (t - noise.at) / 1000;
  if (dt > 0) {
    const keep = Math.exp(-dt / sensor.memoryS);
    noise.x = keep * noise.x + Math.sqrt(1 - keep * keep) * sensor.sigma * rng.gauss();
    noise.at = t;
  }
  return noise.x;
}

export const quantise = (value: number, step: number) =>
  step >= 1 ? Math.round(value / step) * step : Math.round(value / step) / Math.round(1 / step);

/** What the sensor of one signal shows at `t`. */
export function sample(machine: MachineSim, line: LineSim, signal: string, t: Millis): number {
  const value = truth(machine, line, signal);
  const sensor = sensorOf(machine, signal);
  // A drive that stands shows nothing; only temperatures scatter on.
  const still = machine.speed === 0 && signal !== 'temperature';
  const noisy =
    sensor.sigma > 0 && !still ? value + scatter(machine, line.noiseRng, signal, sensor, t) : value;
  return quantise(Math.max(0, noisy), sensor.step);
}

/** The mean of one signal over a minute in which nothing changed, with the range it moved in. */
export function sampleMinute(machine: MachineSim, line: LineSim, signal: string, t: Millis) {
  const sensor = sensorOf(machine, signal);
  const value = truth(machine, line, signal);
  const averaged = sensor.sigma * Math.sqrt(Math.min(1, (2 * sensor.memoryS) / 60));
  const mean =
    value +
    (sensor.sigma > 0
      ? (averaged * 0.8 * scatter(machine, line.noiseRng, signal, sensor, t)) / sensor.sigma
      : 0);
  const spread = sensor.sigma * 1.9;
  return {
    value: Math.round(mean * 1000) / 1000,
    low: quantise(Math.max(0, mean - spread), sensor.step),
    high: quantise(mean + spread, sensor.step),
  };
}

/** Readings of a utility: `jitter` is one draw of the sensor's scatter. */
export function airValues(air: AirSim, jitter: number): Record<string, number> {
  const delivery = Math.min(1, air.demand / Math.max(1, air.nominal * 1.25));
  return {
    pressure: quantise(air.pressure + 0.015 * jitter, 0.01),
    flow: quantise(air.demand * (1 + 0.01 * jitter), 1),
    motor_current: quantise(18 + 130 * Math.min(delivery, air.health) * Math.min(1, air.health + 0.2), 0.1),
  };
}

/** Readings of a supply that is not air, by what its signals measure. */
export function sharedValues(shared: SharedSim, jitter: number): Record<string, number> {
  return Object.fromEntries(
    shared.spec.signals.map(({ name, measures }) => {
      if (measures === 'voltage') return [name, quantise(400 * shared.level + jitter, 0.1)];
      if (measures === 'temperature') return [name, quantise(6 * shared.level + 0.08 * jitter, 0.1)];
      return [name, quantise(40 * (1 + 0.01 * jitter), 0.1)];
    }),
  );
}
