import type { AirSim, LineSim } from './model.ts';
import { isRunning } from './machine.ts';

/** Size of the receiver: seconds of nominal demand stored per bar. */
const secondsPerBar = 3.7;
const setPoint = 7.0;

/** The compressor holds the pressure as long as its delivery covers what machines and leaks draw. */
export function stepAir(air: AirSim, lines: readonly LineSim[], dt: number): void {
  let demand = air.nominal * 0.16;
  for (const line of lines) {
    for (const machine of line.machines) {
      if (isRunning(machine)) demand += machine.of.air * (0.4 + (0.6 * machine.speed) / machine.rate);
      // Valves of a standing machine still leak a little.
      else demand += machine.of.air * 0.08;
    }
  }
  air.demand = demand * (air.pressure / setPoint);
  const able = air.nominal * 1.25 * air.health;
  const delivery = Math.min(able, air.demand + Math.max(0, setPoint - air.pressure) * air.nominal * 0.2);
  air.pressure = Math.max(
    0.2,
    Math.min(setPoint, air.pressure + ((delivery - air.demand) / (air.nominal * secondsPerBar)) * dt),
  );
}

export const airIsCalm = (air: AirSim): boolean => air.health === 1 && air.pressure > setPoint - 0.05;
