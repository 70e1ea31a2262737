import { isRunning } from '../physics/machine.ts';
import { type Fault, machineAt } from './fault.ts';

/** A film of dirt on the light barrier at the infeed: it sees a jam where there is none, until somebody wipes it. */
const fault: Fault = {
  cause: 'sensor_dirty',
  class: 'machine',
  lastsS: [420, 900],
  places: (_, line) =>
    line.machines.filter((machine) => machine.inputs.length > 0).map((machine) => machine.id),
  leadS: () => 600,
  begin(site) {
    const machine = machineAt(site);
    const hazy = site.at - site.rng.whole(300, 560) * 1000;
    let wiped = false;
    return {
      step(t) {
        if (wiped || t < hazy) return;
        if (t >= site.until - 30_000) {
          wiped = true;
          machine.defects.eyeCovered = false;
          return;
        }
        if (machine.task) machine.defects.eyeCovered = false;
        else if (isRunning(machine))
          machine.defects.eyeCovered ||= t >= site.at - 4000 || site.rng.chance(0.006);
      },
      over: (t) => t > site.until && wiped,
      awakeFrom: hazy,
    };
  },
};
export default fault;
