import { limits, warmsInS } from '../physics/machine.ts';
import { type Fault, machineAt } from './fault.ts';

/** A heating element fails: the temperature sinks over a quarter of an hour until the machine holds itself. */
const fault: Fault = {
  cause: 'temperature_low',
  class: 'machine',
  lastsS: [600, 1300],
  places: (_, line) =>
    line.machines
      .filter((machine) => machine.holdsHeat && machine.of.warmC > 60)
      .map((machine) => machine.id),
  leadS: () => 1500,
  begin(site) {
    const machine = machineAt(site);
    const weak = 0.85;
    const tau = warmsInS(machine);
    // First order: sinks to the limit after this long.
    const sinksS = -tau * Math.log(1 - (1 - limits.cold) / (1 - weak));
    const from = site.at - sinksS * 1000;
    // Full power after the repair brings it back above the starting temperature just in time.
    const mended = Math.max(site.at + 60_000, site.until - tau * 330);
    return {
      step(t) {
        if (t < from) return;
        const back = machine.heat > machine.of.warmC * 0.995;
        if (t < mended) machine.defects.heater = weak;
        else machine.defects.heater = back && machine.task === null ? 1 : 1.1;
      },
      over: (t) => {
        const done = t > site.until && machine.task === null && machine.heat > machine.of.warmC * 0.97;
        if (done) machine.defects.heater = 1;
        return done;
      },
      awakeFrom: from,
    };
  },
};
export default fault;
