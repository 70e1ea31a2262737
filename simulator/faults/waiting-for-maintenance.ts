import { steadyPerS } from '../physics/flow.ts';
import { type Fault, machineAt, ramp } from './fault.ts';

/** A drive trips, a small repair: most of the stop is waiting, because the technician is at another line. */
const fault: Fault = {
  cause: 'waiting_for_maintenance',
  class: 'people',
  lastsS: [1500, 2700],
  places: (_, line) => line.machines.map((machine) => machine.id),
  leadS: () => 300,
  begin(site) {
    const machine = machineAt(site);
    const share = (steadyPerS(site.line) * 60) / machine.rate;
    const limit = 1.5 / (0.3 + 0.7 * share * site.line.product.load);
    const from = site.at - 90_000;
    let repaired = false;
    machine.repairS = site.rng.between(240, 420);
    machine.technicianS = Math.max(600, (site.until - site.at) / 1000 - machine.repairS * 0.6 - 60);
    return {
      step(t) {
        repaired ||= t > site.at + 60_000 && machine.friction === 1;
        if (repaired || t < from) return;
        // Where it stood at that moment it has seized, and trips when it is started again.
        const seized = t > site.at + 20_000 && machine.trip !== 'drive' ? 5 : 0;
        machine.friction = 1 + (limit * 1.03 - 1) * ramp(t, from, site.at - 3000) + seized;
      },
      over: () => {
        if (repaired) machine.technicianS = null;
        return repaired;
      },
      awakeFrom: from,
    };
  },
};
export default fault;
